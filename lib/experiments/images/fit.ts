import { Adam } from "../../engine/adam";
import type { FitContext } from "../../loop/task";
import { toTorch } from "../../models/vae/layout";
import { vae } from "../../models/vae/vae";
import type { View } from "../../pool/view";
import type { Weights } from "../../store/weights";
import { train } from "../../training/train";
import { type ImagesConfig, vaeShape } from "./config";
import { imageGradients, microBatches } from "./gradients";

/**
 * Trains a fresh autoencoder on the view with Adam. Records: see {@link train}; `loss`, in nats per
 * image, is `reconstruction` + `kl`.
 */
export async function fit(config: ImagesConfig, view: View, context: FitContext): Promise<Weights> {
  const shape = vaeShape(config);
  const noise = context.streams.get("latent-noise");
  const { training } = config;
  const weights = await train(
    {
      training,
      items: view.length,
      model: config,
      initial: (stream) => vae(shape).initial(stream),
      optimiser: (parameters, resume) => new Adam(parameters, {}, resume),
      gradients: imageGradients,
      batch(items, step) {
        const pixels = view.gather(items).columns.pixels.data as Uint8Array;
        return microBatches(pixels, items.length, training.microBatches ?? 1, noise.at(step));
      },
      terms: ["reconstruction", "kl"],
      unit: "images",
      count: ([{ imagesInBatch }]) => imagesInBatch,
      recordEvery: 50,
    },
    context,
  );
  return toTorch(shape, weights);
}
