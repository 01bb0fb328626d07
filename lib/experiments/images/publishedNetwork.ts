import { type ImagesConfig, imageSetOf } from "./config";
import { paper } from "./paperPreset";
import type { Variant } from "./preset";

/** All that is smaller than in the paper, for a machine without accelerator. */
const SIZE = {
  /** Of 162,770 and 19,962. The excerpt has 5,000 and 1,000. */
  trainItems: 1000,
  testItems: 1000,
  /** Passes over the pool, whatever its size, as in the paper; of 100. */
  epochs: 12,
  /** As in the paper. */
  iterations: 10,
  seeds: 2,
};

const { model, training, sampling } = paper.task;

const data: ImagesConfig["data"] = {
  dataset: "cifar-10",
  trainItems: SIZE.trainItems,
  testItems: SIZE.testItems,
};

/** The published network, trained as published but for fewer epochs, on photographs of 32 × 32 pixels. */
export const publishedNetwork: Variant = {
  name: "published-network",
  label: `VanillaVAE on ${imageSetOf(data).title}`,
  role: "published-network",
  // Whole sections: nothing of the main variant's network or training is left in them.
  changes: { data, model, training: { ...training, epochs: SIZE.epochs }, sampling },
  chains: [
    {
      regimes: [{ kind: "replace" }, { kind: "accumulate" }],
      iterations: SIZE.iterations,
      seeds: SIZE.seeds,
    },
  ],
};
