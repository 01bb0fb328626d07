import { Adam } from "../../engine/adam";
import type { Parameters } from "../../engine/parameters";
import type { VaeConfig } from "../../models/vae/config";
import { fromTorch, toTorch } from "../../models/vae/layout";
import { vaeOperations } from "../../models/vae/operations";
import { type Loss, type Vae, vae } from "../../models/vae/vae";
import { BatchNormAdam, isRunningStatistic } from "../../models/vanillaVae/batchNormAdam";
import { vanillaVaeConfig } from "../../models/vanillaVae/config";
import * as vanillaLayout from "../../models/vanillaVae/layout";
import { vanillaVaeOperations } from "../../models/vanillaVae/operations";
import { KL_WEIGHT, vanillaVae } from "../../models/vanillaVae/vanillaVae";
import type { Weights } from "../../store/weights";
import type { Checkpoint } from "../../training/context";
import type { Optimiser } from "../../training/optimiser";
import { type ImagesConfig, shapeOf } from "./config";

/** The network of a config, and all that depends on which it is. */
export interface ImageModel {
  readonly vae: Omit<Vae, "config">;
  /** Weight of the KL divergence in the loss that is reported. */
  readonly klWeight: number;
  /** Floating-point operations per image of one forward pass. */
  readonly operations: { readonly encoder: number; readonly decoder: number };
  optimiser(parameters: Parameters, resume: Checkpoint | undefined): Optimiser;
  /** Whether a value is no parameter, but a statistic of the batches. */
  isStatistic?(name: string): boolean;
  /** From the engine's layout to PyTorch's, in which models are stored. */
  toTorch(values: Weights): Weights;
  fromTorch(weights: Weights): Weights;
}

export function imageModel(config: Pick<ImagesConfig, "model" | "data">): ImageModel {
  const { height, width, channels: depth } = shapeOf(config);
  const { family, channels, latent } = config.model;
  if (family === "vanilla-vae") {
    const shape = vanillaVaeConfig.parse({ side: height, depth, channels, latent });
    return {
      vae: vanillaVae(shape),
      klWeight: KL_WEIGHT,
      operations: vanillaVaeOperations(shape),
      optimiser: (parameters, resume) => new BatchNormAdam(parameters, resume),
      isStatistic: isRunningStatistic,
      toTorch: (values) => vanillaLayout.toTorch(shape, values),
      fromTorch: (weights) => vanillaLayout.fromTorch(shape, weights),
    };
  }
  const shape: VaeConfig = { height, width, depth, channels, latent };
  return {
    vae: vae(shape),
    klWeight: 1,
    operations: vaeOperations(shape),
    optimiser: (parameters, resume) => new Adam(parameters, {}, resume),
    toTorch: (values) => toTorch(shape, values),
    fromTorch: (weights) => fromTorch(shape, weights),
  };
}

/** The loss that is reported: −ELBO in nats per image, or the published one of a vanilla-vae. */
export const lossOf = ({ reconstruction, kl }: Loss, { klWeight }: ImageModel): number =>
  reconstruction + klWeight * kl;
