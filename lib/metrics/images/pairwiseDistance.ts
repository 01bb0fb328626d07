/**
 * Variety: the mean Euclidean distance over all pairs of images, values taken in [0, 1].
 * @param pixels `count` images of any shape, one after the other, values 0 … 255
 */
export function meanPairwiseDistance(pixels: Uint8Array, count: number): number {
  const size = pixels.length / count;
  let sum = 0;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) {
      let squares = 0;
      for (let p = 0; p < size; p++) squares += (pixels[a * size + p] - pixels[b * size + p]) ** 2;
      sum += Math.sqrt(squares);
    }
  return sum / 255 / ((count * (count - 1)) / 2);
}
