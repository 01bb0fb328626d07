import { type ImageShape, valuesOf } from "../../data/images/load";
import { fromBytes } from "../../engine/bytes";
import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import type { Block } from "../../pool/block";
import { npyHeader } from "../../pool/npy";

/**
 * The pieces in which a network sees `count` images where none is trained: 500 at once, fewer large ones,
 * for memory's sake.
 */
export function* piecesOf(
  count: number,
  shape: ImageShape,
): Generator<{ readonly index: number; readonly from: number; readonly n: number }> {
  const most = Math.min(500, Math.floor(1_536_000 / valuesOf(shape)));
  for (let from = 0, index = 0; from < count; from += most, index++)
    yield { index, from, n: Math.min(most, count - from) };
}

/** Values 0 … 255 of n images as [n, height, width, channels] in [0, 1]. */
export function fromPixels(bytes: Uint8Array, n: number, shape: ImageShape): Tensor {
  const { height, width, channels } = shape;
  return engine().tf.tidy(() => scale(fromBytes(bytes, [n, height, width, channels]), 1 / 255));
}

/** Values of images from … from + n − 1 of a block. */
export function pixelsOf(block: Block, from: number, n: number): Uint8Array {
  return block.range(from, from + n).columns.pixels.data as Uint8Array;
}

/** The bytes of an .npy file of images: [count, height, width] grey, with a last axis in colour. */
export function imagesFile(pixels: Uint8Array, shape: ImageShape): Uint8Array {
  const { height, width, channels } = shape;
  const axes = channels === 1 ? [height, width] : [height, width, channels];
  return Buffer.concat([npyHeader("uint8", pixels.length / valuesOf(shape), axes), pixels]);
}
