import { withChanges } from "../changes";
import type { PresetName } from "../experiment";
import { MAIN } from "../preset";
import { imagesConfig } from "./config";
import { paper } from "./paperPreset";
import type { ImagesPreset, Variant } from "./preset";
import { publishedNetwork } from "./publishedNetwork";

const regimes = [{ kind: "replace" }, { kind: "accumulate" }, { kind: "accumulate-subsample" }];

/** Iterations are labelled 0 … N − 1 as in Figure 5. */
const main = (iterations: number, seeds: number): Variant => ({
  name: MAIN,
  label: "VAE",
  role: "main",
  changes: {},
  chains: [{ regimes, iterations, seeds }],
});

const laptop: ImagesPreset = {
  task: imagesConfig.parse({
    data: { dataset: "mnist", trainItems: 60_000, testItems: 10_000 },
    model: { family: "vae" },
    training: { epochs: 2, learningRate: 4e-3, schedule: { kind: "linear" } },
  }),
  variants: [main(6, 3), publishedNetwork],
};

const quick: ImagesPreset = {
  task: imagesConfig.parse(
    withChanges(laptop.task, {
      data: { dataset: "strokes", trainItems: 2000, testItems: 1000 },
      model: { latent: 8 },
      // Small batches: with so few images it is the number of steps that matters.
      training: { epochs: 8, batchSize: 32 },
    }),
  ),
  variants: [main(4, 3)],
};

export const PRESETS_OF_IMAGES: Readonly<Record<PresetName, ImagesPreset>> = {
  quick,
  laptop,
  paper,
};
