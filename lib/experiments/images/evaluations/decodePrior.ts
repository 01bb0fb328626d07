import { toBytes } from "../../../engine/bytes";
import { engine } from "../../../engine/load";
import type { Values } from "../../../engine/parameters";
import { normal } from "../../../engine/random";
import { Stream } from "../../../random/stream";
import type { ImageModel } from "../model";

/** Of no seed or generation: every model decodes the same z. */
const PRIOR = new Stream(["images", "evaluation", "prior"]);

/** Decoder means of `count` points of the latent space, drawn from the prior. */
export function decodePrior(
  vae: ImageModel["vae"],
  values: Values,
  [count, latent]: [count: number, latent: number],
): Uint8Array {
  return engine().tf.tidy(() =>
    toBytes(vae.decode(values, normal([count, latent], PRIOR.at(count)))),
  );
}
