import type { ImageShape } from "../../data/images/load";
import type { Stream } from "../../random/stream";

/**
 * Images of which each is mirrored, left for right, with probability ½.
 * @param pixels [n, height, width, channels]; not changed
 * @param coins decides about each image
 */
export function flipSome(pixels: Uint8Array, shape: ImageShape, coins: Stream): Uint8Array {
  const { height, width, channels } = shape;
  const row = width * channels;
  const flipped = pixels.slice();
  for (let start = 0; start < pixels.length; start += height * row) {
    if (coins.integer(2) === 0) continue;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = start + y * row + x * channels;
        flipped.set(
          pixels.subarray(from, from + channels),
          start + (y + 1) * row - (x + 1) * channels,
        );
      }
  }
  return flipped;
}
