import { chooseStories } from "../../data/own/chooseStories";
import type { Place } from "../../data/own/files";
import type { Reading } from "../../data/own/readFile";
import { type StorySurvey, surveyStories } from "../../data/own/stories";
import { formatCount } from "../../format";
import { Streams } from "../../random/streams";
import { usefulVocabulary } from "../../tokenizer/index";
import { withChanges } from "../changes";
import { type LanguageConfig, languageConfig } from "../language/config";
import { language } from "../language/index";
import type { LanguagePreset } from "../language/preset";
import { PRESETS_OF_LANGUAGE } from "../language/presets";
import { encodedStories, languageTask } from "../language/task";
import { MAIN } from "../preset";
import { accumulate, replace, subsample } from "../regimeSpecs";
import type { OwnKind } from "./kind";
import { heldOut, presetsBySize } from "./ladder";

/** Held-out stories: a quarter of those for training, within these numbers and a fifth of all. */
const TEST = { least: 20, most: 200 } as const;
/** Of these a learning curve takes at most so many, once an epoch. */
const CURVE = 50;
/** Characters of all stories that a run holds in memory. */
const MOST_CHARACTERS = 64e6;
/** Stories from which on only the larger network is worth more of them. */
const LARGER = 2000;

/** The network of `quick`, and the larger one of `laptop`. */
const NETWORKS = {
  small: { model: { width: 64, layers: 1, heads: 4, hidden: 256 }, vocabulary: 700, rate: 6e-3 },
  large: { model: { width: 96, layers: 2, heads: 2, hidden: 384 }, vocabulary: 1000, rate: 3e-3 },
} as const;

/** Stories of one's own: GPT-2 as in the presets `quick` and `laptop`. */
export const ownStories: OwnKind<StorySurvey, LanguageConfig, LanguagePreset> = {
  family: language,
  task: languageTask,
  version: 2,
  reads: ["stories", "field"],
  survey: surveyStories,

  presets(survey) {
    const fitting = Math.floor(MOST_CHARACTERS / survey.characters);
    const most = Math.min(survey.items - heldOut(survey.items, survey.items, TEST), fitting);
    const sized = (most: number, size: keyof typeof NETWORKS) =>
      presetsBySize(survey.items, { least: 8, most: Math.max(8, most) }, TEST, (sizes) =>
        presetOf(survey, sizes, size),
      );
    return [sized(Math.min(most, LARGER), "small"), sized(most, "large")];
  },

  /** A small text has no use for as many tokens. */
  async settle(preset, survey, place, reading) {
    const { train } = await chosenOf(preset.task, survey, place, reading);
    const vocabulary = await usefulVocabulary(train, preset.task.data.vocabulary);
    return {
      ...preset,
      task: languageConfig.parse(withChanges(preset.task, { data: { vocabulary } })),
    };
  },

  loadReal: (survey, place, reading) => async (config, context) => {
    const { train, test } = await chosenOf(config, survey, place, reading, context.streams);
    const counts = { train: train.length, validation: test.length };
    return encodedStories(
      {
        train: () => each(train),
        validation: () => each(test),
        counts,
        checksums: { [place.name]: survey.sha256 },
        description: `${place.name} (${formatCount(counts.train)} / ${formatCount(counts.validation)} stories)`,
      },
      config.data,
      context,
    );
  },
};

async function* each(stories: readonly string[]): AsyncGenerator<string, void, undefined> {
  yield* stories;
}

function chosenOf(
  { data }: Pick<LanguageConfig, "data">,
  survey: StorySurvey,
  place: Place,
  reading: Reading,
  streams = Streams.ofSeed(0),
) {
  const counts = { train: Number(data.trainItems), test: Number(data.testItems) };
  return chooseStories(place, survey, counts, streams, reading);
}

function presetOf(
  { sha256, format, field, characters }: StorySurvey,
  items: { readonly train: number; readonly test: number },
  size: keyof typeof NETWORKS,
): LanguagePreset {
  const { model, vocabulary, rate } = NETWORKS[size];
  const own = { sha256, format, ...(field === undefined ? {} : { field }), characters };
  const task = languageConfig.parse(
    withChanges(PRESETS_OF_LANGUAGE.quick.task, {
      data: {
        ...{ dataset: "own", own, vocabulary },
        ...{ trainItems: items.train, testItems: items.test },
      },
      model: { ...model, context: contextFor(characters, vocabulary) },
      training: {
        ...{ epochs: size === "small" ? 5 : 3, learningRate: rate },
        curve: { evaluations: 1, items: Math.min(CURVE, items.test) },
      },
    }),
  );
  const chains = [{ regimes: [replace, subsample, accumulate], iterations: 4, seeds: 3 }];
  return { task, variants: [{ name: MAIN, label: "GPT-2", role: "model", changes: {}, chains }] };
}

/** A power of two that most stories fit into, 64 to 512 tokens. */
function contextFor(characters: number, vocabulary: number): number {
  const tokens = characters / (1 + Math.log(vocabulary) / 3);
  return Math.min(512, Math.max(64, 2 ** Math.ceil(Math.log2(1.5 * tokens))));
}
