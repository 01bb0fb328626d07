import { KL_WEIGHT } from "../../models/vanillaVae/vanillaVae";
import type { ImagesConfig } from "./config";

/** How figures and claims name the test loss of a family of networks and its parts. */
export interface LossNames {
  readonly loss: string;
  /** In a sentence. */
  readonly symbol: string;
  readonly reconstruction: string;
  /** What a difference of two losses is measured in. */
  readonly unit: string;
}

export const LOSS_NAMES: Readonly<Record<ImagesConfig["model"]["family"], LossNames>> = {
  vae: {
    loss: "−ELBO (nats per image)",
    symbol: "−ELBO",
    reconstruction: "Reconstruction (nats per image)",
    unit: "nats per image",
  },
  "vanilla-vae": {
    loss: `Squared error + ${KL_WEIGHT} KL`,
    symbol: `squared error + ${KL_WEIGHT} KL`,
    reconstruction: "Squared error (per pixel and colour)",
    unit: "squared error per pixel and colour",
  },
};
