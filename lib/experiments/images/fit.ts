import type { FitContext } from "../../loop/task";
import type { View } from "../../pool/view";
import type { Weights } from "../../store/weights";
import { train } from "../../training/train";
import { type ImagesConfig, shapeOf } from "./config";
import { flipSome } from "./flip";
import { imageGradients, microBatches } from "./gradients";
import { imageModel } from "./model";

/**
 * Trains a fresh autoencoder on the view with Adam. Records: see {@link train}; `loss` is the reported
 * one, `reconstruction` + `kl`, of which the second is weighted.
 */
export async function fit(config: ImagesConfig, view: View, context: FitContext): Promise<Weights> {
  const model = imageModel(config);
  const shape = shapeOf(config);
  const noise = context.streams.get("latent-noise");
  const flips = context.streams.get("horizontal-flips");
  const { training } = config;
  const weights = await train(
    {
      training,
      items: view.length,
      model: config,
      initial: (stream) => model.vae.initial(stream),
      optimiser: model.optimiser,
      isStatistic: model.isStatistic,
      gradients: imageGradients,
      batch(items, step) {
        const stored = view.gather(items).columns.pixels.data as Uint8Array;
        const pixels = training.horizontalFlips ? flipSome(stored, shape, flips.at(step)) : stored;
        return microBatches(pixels, items.length, training.microBatches ?? 1, noise.at(step));
      },
      terms: ["reconstruction", "kl"],
      unit: "images",
      count: ([{ imagesInBatch }]) => imagesInBatch,
      recordEvery: 50,
    },
    context,
  );
  return model.toTorch(weights);
}
