import { PAPER_MODELS } from "../../models/language/config";
import type { LanguagePreset, Variant } from "./preset";

/** First step at which the sequel reports the test loss. */
const STEPS = 662;
/** Steps in the paper's first epoch, over which its learning rate falls to 0. */
const WHOLE = 66_235;
const BATCH = 32;

/** Training stories in the TinyStories excerpt. The steps need 21,184, so stories repeat. */
const EXCERPT = 10_139;

/**
 * Adds the first 662 steps of the paper's GPT-2 9M, on 32 real stories each, to check whether the
 * assumed learning rate (5e-5, falling over the whole epoch) leads to the published loss.
 */
export function withCalibration(preset: LanguagePreset): LanguagePreset {
  if (preset.variants.some(({ role }) => role === "calibration")) return preset;
  return { ...preset, variants: [...preset.variants, calibration()] };
}

function calibration(): Variant {
  const { vocabulary, ...model } = PAPER_MODELS["gpt2-9m"];
  return {
    name: "calibration",
    label: `GPT-2 9M, first ${STEPS} steps`,
    role: "calibration",
    published: "gpt2-9m",
    changes: {
      data: { dataset: "tinystories", trainItems: "all", testItems: "all", vocabulary },
      model: { ...model, precision: "bfloat16" },
      training: {
        epochs: STEPS / Math.floor(EXCERPT / BATCH),
        batchSize: BATCH,
        learningRate: 5e-5,
        schedule: { kind: "linear", decaySteps: WHOLE },
        curve: { evaluations: 5, items: 200 },
      },
    },
    // Only the loss of this single model matters, so it samples just one story in a hundred.
    chains: [
      {
        regimes: [{ kind: "fresh-real", share: 0.99, items: EXCERPT }],
        iterations: 1,
        seeds: 1,
      },
    ],
  };
}
