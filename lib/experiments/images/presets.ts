import type { PresetName } from "../experiment";
import { MAIN, type Preset, presetSpec } from "../preset";
import { type ImagesConfig, imagesConfig } from "./config";

export const ImagesPreset = presetSpec(imagesConfig, ["main"]);
export type ImagesPreset = Preset<ImagesConfig, "main">;

const regimes = [{ kind: "replace" }, { kind: "accumulate" }, { kind: "accumulate-subsample" }];

/** Iterations are labelled 0 … N − 1 as in Figure 5. */
const main = (iterations: number, seeds: number): ImagesPreset["variants"] => [
  {
    name: MAIN,
    label: "VAE",
    role: "main",
    changes: {},
    chains: [{ regimes, iterations, seeds }],
  },
];

const laptop: ImagesPreset = {
  task: imagesConfig.parse({
    dataset: "mnist",
    trainItems: 60_000,
    testItems: 10_000,
    epochs: 2,
    learningRate: 4e-3,
    schedule: "linear",
  }),
  variants: main(6, 3),
};

const quick: ImagesPreset = {
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
  variants: main(4, 3),
};

export const PRESETS_OF_IMAGES: Readonly<Partial<Record<PresetName, ImagesPreset>>> = {
  quick,
  laptop,
};
