import { valuesOf } from "../../../data/images/load";
import { engine } from "../../../engine/load";
import { normal } from "../../../engine/random";
import type { Evaluation } from "../../../loop/evaluation";
import { activeUnits } from "../../../metrics/images/index";
import { Stream } from "../../../random/stream";
import { type ImagesConfig, shapeOf } from "../config";
import { lossOf } from "../model";
import { fromPixels, piecesOf, pixelsOf } from "../pixels";
import { withModel } from "../withModel";

/** Of no seed or generation: every model is asked with the same noise. */
const NOISE = new Stream(["images", "evaluation", "noise"]);

/**
 * Test loss on all held-out real images; the expectation over z is one draw per image:
 *
 * - `loss` = `reconstruction` + `kl`, the negative ELBO in nats per image; of a vanilla-vae the
 *   published loss, mean squared error + 0.00025 `kl`;
 * - `mse`: squared error per pixel in [0, 1] after the latent mean, the unit of Figure 5;
 * - `activeUnits`: latent units whose posterior mean varies by more than 0.01 over the test set.
 */
export const testLoss: Evaluation<ImagesConfig> = {
  version: 1,
  sections: [],
  run: (config, { weights, test }, context) =>
    withModel(config, weights, async (vae, values, model) => {
      const { latent } = config.model;
      const shape = shapeOf(config);
      const sums = { reconstruction: 0, kl: 0, squares: 0 };
      const means = new Float32Array(test.length * latent);
      for (const { index, from, n } of piecesOf(test.length, shape)) {
        engine().tf.tidy(() => {
          const images = fromPixels(pixelsOf(test, from, n), n, shape);
          const noise = normal([n, latent], NOISE.at(index));
          const loss = vae.loss(values, { images, noise });
          const { mean } = vae.encode(values, images);
          const error = engine().tf.squaredDifference(vae.decode(values, mean), images).sum();
          sums.reconstruction += loss.reconstruction * n;
          sums.kl += loss.kl * n;
          sums.squares += error.dataSync()[0];
          means.set(mean.dataSync<"float32">(), from * latent);
        });
        await context.progress(from + n, test.length);
      }
      const reconstruction = sums.reconstruction / test.length;
      const kl = sums.kl / test.length;
      return {
        metrics: {
          loss: lossOf({ reconstruction, kl }, model),
          reconstruction,
          kl,
          mse: sums.squares / test.length / valuesOf(shape),
          activeUnits: activeUnits(means, latent),
        },
      };
    }),
};
