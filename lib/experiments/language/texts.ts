import { logProbability, storyEntropy } from "../../data/grammar/stories";
import type { Evaluation, EvaluationInput } from "../../loop/evaluation";
import { decodeNpy, encodeNpy } from "./arrays";
import type { LanguageConfig } from "./config";
import { klPerStory } from "./kl";
import { LOG_PROBABILITIES, WORDS } from "./realTexts";
import { storiesIn, storyTexts, tokensIn } from "./stories";
import { STORY_LOSSES, STORY_TOKENS } from "./testLoss";
import { textMetrics } from "./textMetrics";
import { readTokenizer } from "./tokenizer";

/** Artefact, grammar only: −log probability of each sampled story, in nats; ∞ if ungrammatical. */
export const SURPRISAL = "surprisal.npy";

/**
 * Metrics of the sampled stories as text: see {@link textMetrics}. On the grammar also:
 *
 * - `kl`: divergence of the model from the grammar in nats per story ({@link klPerStory}); absent
 *   where held-out stories are truncated at the context;
 * - `entropy`: entropy of the grammar in nats per story;
 * - `ungrammatical`: share of sampled stories that the grammar cannot produce.
 */
export const texts: Evaluation<LanguageConfig> = {
  version: 1,
  sections: ["evaluation"],
  reads: ["block"],
  needs: ["test-loss", "real-texts"],
  async run({ data, evaluation }, given) {
    const { block, test, real } = given;
    const count = (available: number) => Math.min(available, evaluation.textItems);
    const sampled = storyTexts(block, count(block.length), readTokenizer(real));
    const words = Buffer.from(given.artefact("real-texts", WORDS)).toString("utf8");
    const metrics = textMetrics(sampled, {
      heldOut: storiesIn(test.range(0, count(test.length))),
      words: new Set<string>(JSON.parse(words)),
    });
    if (data.dataset !== "grammar") return { metrics };
    const surprisal = Float64Array.from(sampled.texts, (text) => -logProbability(text));
    return {
      metrics: {
        ...metrics,
        ...divergence(given),
        entropy: storyEntropy(),
        ungrammatical: surprisal.filter((nats) => !Number.isFinite(nats)).length / surprisal.length,
      },
      artefacts: { [SURPRISAL]: encodeNpy("float64", surprisal) },
    };
  },
};

/** A truncated story has no probability to compare with the grammar's. */
function divergence(given: EvaluationInput): { kl?: number } {
  const read = (evaluation: string, file: string) =>
    Float64Array.from(decodeNpy(given.artefact(evaluation, file), file));
  const predicted = read("test-loss", STORY_TOKENS).reduce((a, b) => a + b, 0);
  if (predicted !== tokensIn(given.test)) return {};
  const nats = read("test-loss", STORY_LOSSES);
  return { kl: klPerStory(nats, read("real-texts", LOG_PROBABILITIES)) };
}
