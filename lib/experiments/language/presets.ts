import { FAMILY_NAMES } from "../../models/language/config";
import type { PresetName } from "../experiment";
import { withCalibration } from "./calibration";
import { languageConfig } from "./config";
import { paper } from "./paperPreset";
import type { LanguagePreset, Variant } from "./preset";

const replace = { kind: "replace" };
const accumulate = { kind: "accumulate" };
const multiple = { kind: "replace-multiple" };
const subsample = { kind: "accumulate-subsample" };

const main: Omit<Variant, "chains"> = {
  name: "main",
  label: FAMILY_NAMES.gpt2,
  role: "model",
  published: "gpt2-9m",
  changes: {},
};

const cold: Omit<Variant, "chains"> = {
  name: "temperature-0.3",
  label: "temperature 0.3",
  role: "temperature",
  published: "temperature-0.3",
  changes: { sampling: { temperature: 0.3 } },
};

const laptop: LanguagePreset = withCalibration({
  task: languageConfig.parse({
    dataset: "tinystories",
    trainStories: 700,
    validationStories: 500,
    vocabulary: 1000,
    model: { family: "gpt2", width: 96, layers: 2, heads: 2, hidden: 384, context: 512 },
    // Small batches: with so few stories it is steps that a model learns from.
    training: { epochs: 1, batch: 8, learningRate: 3e-3, evaluations: 5, evaluationStories: 60 },
  }),
  variants: [
    {
      ...main,
      chains: [
        { regimes: [replace, accumulate], iterations: 5, seeds: 3 },
        { regimes: [multiple], iterations: 4, seeds: 3 },
      ],
    },
    { ...cold, chains: [{ regimes: [replace], iterations: 5, seeds: 3 }] },
  ],
  textStories: 500,
});

const quick: LanguagePreset = {
  task: languageConfig.parse({
    dataset: "grammar",
    trainStories: 250,
    validationStories: 200,
    vocabulary: 700,
    model: { family: "gpt2", width: 64, layers: 1, heads: 4, hidden: 256, context: 128 },
    // Small batches: with so few stories it is steps that a model learns from.
    training: { epochs: 5, batch: 8, learningRate: 6e-3, evaluations: 2, evaluationStories: 100 },
  }),
  variants: [
    {
      ...main,
      chains: [{ regimes: [replace, subsample, accumulate], iterations: 4, seeds: 2 }],
    },
    { ...cold, chains: [{ regimes: [replace], iterations: 3, seeds: 2 }] },
  ],
  textStories: 200,
};

export const PRESETS_OF_LANGUAGE: Readonly<Record<PresetName, LanguagePreset>> = {
  quick,
  laptop,
  paper,
};
