import { engine } from "../../engine/load";
import { Parameters, type Values } from "../../engine/parameters";
import { fromTorch } from "../../models/vae/layout";
import { type Vae, vae } from "../../models/vae/vae";
import type { Weights } from "../../store/weights";
import { type ImagesConfig, vaeShape } from "./config";

/** Runs `work` with a fitted model and its parameters as tensors, which are released afterwards. */
export async function withModel<T>(
  config: Pick<ImagesConfig, "model">,
  weights: Weights,
  work: (model: Vae, values: Values) => T | Promise<T>,
): Promise<T> {
  const shape = vaeShape(config);
  const parameters = new Parameters(fromTorch(shape, weights));
  const values = parameters.read();
  try {
    return await work(vae(shape), values);
  } finally {
    engine().tf.dispose(values);
    parameters.dispose();
  }
}
