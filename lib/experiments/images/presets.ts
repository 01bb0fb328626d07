import { z } from "zod";
import { regime, regimeNames } from "../../pool/parseRegime";
import type { PresetName } from "../experiment";
import { imagesConfig } from "./config";

const regimes = z.array(z.looseObject({ kind: z.enum(regimeNames as [string, ...string[]]) }));

export const ImagesPreset = z.strictObject({
  task: imagesConfig,
  regimes: regimes.min(1),
  /** N, model-fitting iterations; labelled 0 … N−1 as in Figure 5. */
  iterations: z.int().min(2),
  /** Seeds 0 … seeds−1. */
  seeds: z.int().min(1),
});
export type ImagesPreset = z.infer<typeof ImagesPreset>;

const laptop: ImagesPreset = {
  task: imagesConfig.parse({
    dataset: "mnist",
    trainItems: 60_000,
    testItems: 10_000,
    epochs: 2,
    learningRate: 4e-3,
    schedule: "linear",
  }),
  regimes: [{ kind: "replace" }, { kind: "accumulate" }, { kind: "accumulate-subsample" }],
  iterations: 6,
  seeds: 3,
};

const quick: ImagesPreset = {
  ...laptop,
  task: {
    ...laptop.task,
    dataset: "strokes",
    trainItems: 2000,
    testItems: 1000,
    epochs: 8,
    // Small batches: with so few images it is steps that a model learns from.
    batch: 32,
    latent: 8,
  },
  iterations: 4,
};

export const PRESETS_OF_IMAGES: Readonly<Partial<Record<PresetName, ImagesPreset>>> = {
  quick,
  laptop,
};

/** The preset's regimes as values. */
export function regimesOf(preset: ImagesPreset): ReturnType<typeof regime>[] {
  return preset.regimes.map((spec) => regime(spec));
}
