import { toBytes } from "../../../engine/bytes";
import { engine } from "../../../engine/load";
import type { Values } from "../../../engine/parameters";
import { normal } from "../../../engine/random";
import { Stream } from "../../../random/stream";
import { type ImagesConfig, shapeOf } from "../config";
import type { ImageModel } from "../model";
import { imagesAtOnce } from "../pixels";

/** Of no seed or generation: every model decodes the same z. */
const PRIOR = new Stream(["images", "evaluation", "prior"]);

/** Decoder means of `count` points of the latent space, drawn from the prior: bytes of the images. */
export function decodePrior(
  config: Pick<ImagesConfig, "data" | "model">,
  vae: ImageModel["vae"],
  values: Values,
  count: number,
): Uint8Array {
  const { latent } = config.model;
  const most = imagesAtOnce(shapeOf(config));
  return engine().tf.tidy(() => {
    const latents = normal([count, latent], PRIOR.at(count));
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < count; from += most)
      pieces.push(
        engine().tf.tidy(() => {
          const piece = latents.slice([from, 0], [Math.min(most, count - from), latent]);
          return toBytes(vae.decode(values, piece));
        }),
      );
    return Buffer.concat(pieces);
  });
}
