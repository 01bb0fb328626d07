import { logProbability } from "../../data/grammar/stories";
import type { Evaluation } from "../../loop/evaluation";
import { vocabularyOf } from "../../metrics/text/index";
import { encodeNpy } from "./arrays";
import type { LanguageConfig } from "./config";
import { storyTexts } from "./stories";
import { readTokenizer } from "./tokenizer";

/** Artefact: words of the real training stories, a JSON list. */
export const WORDS = "words.json";
/** Artefact, grammar only: log probability of each held-out story under the grammar, in nats. */
export const LOG_PROBABILITIES = "log-probabilities.npy";

/** Maximum number of training stories from which the words are taken. */
const STORIES = 20_000;

/** What the text metrics of every model need from the real stories, computed once per data set. */
export const realTexts: Evaluation<LanguageConfig> = {
  version: 1,
  sections: [],
  of: "data",
  async run({ data }, { real, test }) {
    const tokenizer = readTokenizer(real);
    const training = storyTexts(real.train, Math.min(real.train.length, STORIES), tokenizer);
    const words = [...vocabularyOf(training.texts)].sort();
    const artefacts = { [WORDS]: Buffer.from(JSON.stringify(words)) };
    if (data.dataset !== "grammar") return { metrics: {}, artefacts };
    const { texts } = storyTexts(test, test.length, tokenizer);
    const logs = encodeNpy("float64", Float64Array.from(texts, logProbability));
    return { metrics: {}, artefacts: { ...artefacts, [LOG_PROBABILITIES]: logs } };
  },
};
