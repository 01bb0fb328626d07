import { toBytes } from "../../../engine/bytes";
import { engine } from "../../../engine/load";
import type { Values } from "../../../engine/parameters";
import { normal } from "../../../engine/random";
import { Stream } from "../../../random/stream";
import { type ImagesConfig, shapeOf } from "../config";
import type { ImageModel } from "../model";
import { piecesOf } from "../pixels";

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
  return engine().tf.tidy(() => {
    const latents = normal([count, latent], PRIOR.at(count));
    const pieces: Uint8Array[] = [];
    for (const { from, n } of piecesOf(count, shapeOf(config)))
      pieces.push(
        engine().tf.tidy(() => {
          const piece = latents.slice([from, 0], [n, latent]);
          return toBytes(vae.decode(values, piece));
        }),
      );
    return Buffer.concat(pieces);
  });
}
