import { fromBytes } from "../../engine/bytes";
import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import type { Block } from "../../pool/block";
import { npyHeader } from "../../pool/npy";
import { SIDE } from "./config";

/** Grey values 0 … 255 of n images as [n, 28, 28, 1] in [0, 1]. */
export function fromPixels(bytes: Uint8Array, n: number): Tensor {
  return engine().tf.tidy(() => scale(fromBytes(bytes, [n, SIDE, SIDE, 1]), 1 / 255));
}

/** Grey values of images from … from + n − 1 of a block. */
export function pixelsOf(block: Block, from: number, n: number): Uint8Array {
  return block.range(from, from + n).columns.pixels.data as Uint8Array;
}

/** The bytes of an .npy file of images, [count, 28, 28]. */
export function imagesFile(pixels: Uint8Array): Uint8Array {
  const count = pixels.length / SIDE ** 2;
  return Buffer.concat([npyHeader("uint8", count, [SIDE, SIDE]), pixels]);
}
