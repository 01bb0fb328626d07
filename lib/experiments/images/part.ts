import { normal } from "../../engine/random";
import type { Recipe } from "../../engine/team/recipe";
import { vae } from "../../models/vae/vae";
import { Stream } from "../../random/stream";
import { type ImagesConfig, vaeShape } from "./config";
import { fromPixels } from "./pixels";

/** Some images of a batch, for one thread. */
export interface Part {
  readonly pixels: Uint8Array;
  readonly images: number;
  /** Images of the whole batch. */
  readonly batch: number;
  /** Path of the stream that draws the noise in the latent. */
  readonly noise: Stream["path"];
}

/** Gradients of a part; the sums are its reconstruction error and KL, in nats per image of the batch. */
export const imagesPart: Recipe<ImagesConfig, Part> = {
  module: __filename,
  name: "imagesPart",
  prepare(config) {
    const model = vae(vaeShape(config));
    return (values, { pixels, images, batch, noise }) => {
      const { loss, gradients } = model.gradients(
        values,
        fromPixels(pixels, images),
        normal([images, config.latent], new Stream(noise)),
        config.klWeight,
        batch,
      );
      return { sums: [loss.reconstruction, loss.kl], gradients };
    };
  },
};

/** A batch in `shares` parts of nearly as many images each. */
export function partsOf(pixels: Uint8Array, batch: number, shares: number, noise: Stream): Part[] {
  const size = pixels.length / batch;
  const parts = Math.min(shares, batch);
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.floor((i * batch) / parts);
    const to = Math.floor(((i + 1) * batch) / parts);
    return {
      pixels: pixels.subarray(from * size, to * size),
      images: to - from,
      batch,
      noise: parts === 1 ? noise.path : noise.at("part", i).path,
    };
  });
}
