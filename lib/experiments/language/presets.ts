import { FAMILY_NAMES } from "../../models/language/config";
import { type Changes, withChanges } from "../changes";
import type { PresetName } from "../experiment";
import { accumulate, replace, replaceMultiple, subsample } from "../regimeSpecs";
import { withCalibration } from "./calibration";
import { languageConfig } from "./config";
import { cold, paper } from "./paperPreset";
import type { LanguagePreset, Variant } from "./preset";

const main: Omit<Variant, "chains"> = {
  name: "main",
  label: FAMILY_NAMES.gpt2,
  role: "model",
  published: "gpt2-9m",
  changes: {},
};

/** Another preset's task with changes. */
const derive = ({ task }: Pick<LanguagePreset, "task">, changes: Changes) =>
  languageConfig.parse(withChanges(task, changes));

const laptop: LanguagePreset = withCalibration({
  task: derive(paper, {
    data: { dataset: "tinystories", trainItems: 700, testItems: 500, vocabulary: 1000 },
    model: { width: 96, layers: 2, heads: 2, hidden: 384, context: 512 },
    // Small batches: with this few stories, a model needs the steps.
    training: { batchSize: 8, learningRate: 3e-3, curve: { evaluations: 5, items: 60 } },
    evaluation: { textItems: 500 },
  }),
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 5, seeds: 3 },
        { regimes: [replaceMultiple], iterations: 4, seeds: 3 },
      ],
    },
    { ...cold, chains: [{ regimes: [replace], iterations: 5, seeds: 3 }] },
  ],
});

const quick: LanguagePreset = {
  task: derive(laptop, {
    data: { dataset: "grammar", trainItems: 250, testItems: 200, vocabulary: 700 },
    model: { width: 64, layers: 1, heads: 4, hidden: 256, context: 128 },
    training: { epochs: 5, learningRate: 6e-3, curve: { evaluations: 2, items: 100 } },
    evaluation: { textItems: 200 },
  }),
  variants: [
    {
      ...main,
      chains: [{ regimes: [replace, subsample, accumulate], iterations: 4, seeds: 2 }],
    },
    { ...cold, chains: [{ regimes: [replace], iterations: 3, seeds: 2 }] },
  ],
};

export const PRESETS_OF_LANGUAGE: Readonly<Record<PresetName, LanguagePreset>> = {
  quick,
  laptop,
  paper,
};
