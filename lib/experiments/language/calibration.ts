import { PAPER_MODELS } from "../../models/language/config";
import type { LanguagePreset, Variant } from "./preset";

/** Steps at which the sequel gives the test loss of a beginning run. */
const STEPS = 662;
/** Steps of the paper's whole first epoch, over which its rate falls. */
const WHOLE = 66_235;
const BATCH = 32;

/** Training stories of the TinyStories excerpt, fewer than the 21,184 of these steps: they repeat. */
const EXCERPT = 10_139;

/**
 * A preset with the paper's GPT-2 9M in its first 662 steps of 32 real stories, to see whether the
 * guessed rate (5e-5, falling over the whole epoch) leads to the published loss.
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
      dataset: "tinystories",
      trainStories: "all",
      validationStories: "all",
      vocabulary,
      model,
      training: {
        epochs: STEPS / Math.floor(EXCERPT / BATCH),
        batch: BATCH,
        learningRate: 5e-5,
        decaySteps: WHOLE,
        evaluations: 5,
        evaluationStories: 200,
      },
      matmul: "bfloat16",
    },
    // Of a single model nothing but its loss is asked: it samples one story in a hundred.
    chains: [
      {
        regimes: [{ kind: "fresh-real", share: 0.99, items: EXCERPT }],
        iterations: 1,
        seeds: 1,
      },
    ],
  };
}
