import { MAIN } from "../preset";
import { imagesConfig } from "./config";
import type { ImagesPreset } from "./preset";

/**
 * The paper's experiment (§5, Figure 5): faces of CelebA, iterations 0 … 9. Of its network and training it
 * states the convolutions, the latent and 100 epochs; the rest are the settings of the code that has all
 * of these, PyTorch-VAE's VanillaVAE.
 */
export const paper: ImagesPreset = {
  task: imagesConfig.parse({
    data: { dataset: "celeba", trainItems: 162_770, testItems: 19_962 },
    model: { family: "vanilla-vae" },
    training: {
      ...{ epochs: 100, batchSize: 64, learningRate: 0.005, horizontalFlips: true },
      schedule: { kind: "exponential", gamma: 0.95 },
    },
  }),
  variants: [
    {
      ...{ name: MAIN, label: "VanillaVAE", role: "main", changes: {} },
      chains: [
        { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 10, seeds: 1 },
      ],
    },
  ],
};
