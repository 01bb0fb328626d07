import type { Weights } from "../../store/weights";
import { torchLayout } from "../vae/torchLayout";
import type { VanillaVaeConfig } from "./config";
import { network } from "./network";

const layoutOf = (config: VanillaVaeConfig) =>
  torchLayout({ ...network(config), latent: config.latent, turned: true });

/** The engine's values as PyTorch names and lays them out, running statistics included. */
export const toTorch = (config: VanillaVaeConfig, values: Weights): Weights =>
  layoutOf(config).toTorch(values);

/**
 * The inverse of {@link toTorch}.
 * @throws UserError when a tensor is missing or has another size
 */
export const fromTorch = (config: VanillaVaeConfig, weights: Weights): Weights =>
  layoutOf(config).fromTorch(weights);
