import type { GradientFunction } from "../../engine/parallel/gradientFunction";
import { normal } from "../../engine/random";
import { Stream } from "../../random/stream";
import { type ImagesConfig, shapeOf } from "./config";
import { imageModel } from "./model";
import { fromPixels } from "./pixels";

/** Some images of a batch. */
export interface MicroBatch {
  readonly pixels: Uint8Array;
  readonly images: number;
  /** Images of the whole batch. */
  readonly imagesInBatch: number;
  /** Path of the stream for the noise in the latent. */
  readonly noise: Stream["path"];
}

/** Losses are the reconstruction error and the weighted KL divergence, per image of the batch. */
export const imageGradients: GradientFunction<ImagesConfig, MicroBatch> = {
  module: __filename,
  name: "imageGradients",
  prepare(config) {
    const { vae, klWeight } = imageModel(config);
    const shape = shapeOf(config);
    return (values, { pixels, images, imagesInBatch, noise }) => {
      const { loss, gradients } = vae.gradients(
        values,
        {
          images: fromPixels(pixels, images, shape),
          noise: normal([images, config.model.latent], new Stream(noise)),
        },
        { klWeight: config.training.klWeight ?? klWeight, denominator: imagesInBatch },
      );
      return { losses: [loss.reconstruction, klWeight * loss.kl], gradients };
    };
  },
};

/** Divides a batch of `images` images into `count` micro-batches of nearly equal size. */
export function microBatches(
  pixels: Uint8Array,
  images: number,
  count: number,
  noise: Stream,
): MicroBatch[] {
  const size = pixels.length / images;
  const pieces = Math.min(count, images);
  return Array.from({ length: pieces }, (_, i) => {
    const from = Math.floor((i * images) / pieces);
    const to = Math.floor(((i + 1) * images) / pieces);
    return {
      pixels: pixels.subarray(from * size, to * size),
      images: to - from,
      imagesInBatch: images,
      noise: pieces === 1 ? noise.path : noise.at("part", i).path,
    };
  });
}
