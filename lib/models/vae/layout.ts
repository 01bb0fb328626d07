import type { Weights } from "../../store/weights";
import type { VaeConfig } from "./config";
import { network } from "./network";
import { torchLayout } from "./torchLayout";

const layoutOf = (config: VaeConfig) => torchLayout({ ...network(config), latent: config.latent });

/** The engine's parameters as PyTorch names and lays them out. */
export const toTorch = (config: VaeConfig, values: Weights): Weights =>
  layoutOf(config).toTorch(values);

/**
 * The inverse of {@link toTorch}.
 * @throws UserError when a tensor is missing or has another size
 */
export const fromTorch = (config: VaeConfig, weights: Weights): Weights =>
  layoutOf(config).fromTorch(weights);
