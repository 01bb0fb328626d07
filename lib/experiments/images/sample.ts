import { toBytes } from "../../engine/bytes";
import { engine, type Tensor } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { normal, uniform } from "../../engine/random";
import type { Context } from "../../loop/task";
import type { Batch } from "../../pool/schema";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { type ImagesConfig, shapeOf } from "./config";
import { imageModel } from "./model";
import { piecesOf } from "./pixels";

/**
 * Images decoded from z ~ N(0, I). As in paper §5 an image is the decoder's mean, so that
 * no pixel noise is added; `pixels: "bernoulli"` draws black or white instead.
 */
export async function* sample(
  config: ImagesConfig,
  weights: Weights,
  count: number,
  { streams }: Context,
): AsyncGenerator<Batch> {
  const { tf } = engine();
  const model = imageModel(config);
  const parameters = new Parameters(model.fromTorch(weights));
  const latents = streams.get("sampling");
  const coins = streams.get("sampled-pixels");
  try {
    for (const { index, n } of piecesOf(count, shapeOf(config))) {
      const data = tf.tidy(() => {
        const mean = model.vae.decode(
          parameters.read(),
          normal([n, config.model.latent], latents.at(index)),
        );
        return toBytes(
          config.sampling.pixels === "mean" ? mean : drawBernoulli(mean, coins.at(index)),
        );
      });
      yield { length: n, columns: { pixels: { data } } };
    }
  } finally {
    parameters.dispose();
  }
}

function drawBernoulli(mean: Tensor, stream: Stream): Tensor {
  return uniform(mean.shape, stream).less(mean).toFloat();
}
