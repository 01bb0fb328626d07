import { engine } from "../../engine/load";
import { Parameters, type Values } from "../../engine/parameters";
import type { Weights } from "../../store/weights";
import type { ImagesConfig } from "./config";
import { type ImageModel, imageModel } from "./model";

/** Runs `work` with a fitted model and its parameters as tensors, which are released afterwards. */
export async function withModel<T>(
  config: Pick<ImagesConfig, "model" | "data">,
  weights: Weights,
  work: (vae: ImageModel["vae"], values: Values, model: ImageModel) => T | Promise<T>,
): Promise<T> {
  const model = imageModel(config);
  const parameters = new Parameters(model.fromTorch(weights));
  const values = parameters.read();
  try {
    return await work(model.vae, values, model);
  } finally {
    engine().tf.dispose(values);
    parameters.dispose();
  }
}
