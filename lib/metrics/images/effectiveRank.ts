/**
 * How many directions of variation images have: the participation ratio (Σλ)² / Σλ² of the eigenvalues of
 * the covariance of their pixels. 1 when all of them lie on a line; k when k directions vary alike.
 * From the products of the images with each other, whose matrix has the same eigenvalues.
 * @param pixels `count` images of any shape, one after the other
 * @returns 0 when all images are the same
 */
export function effectiveRank(pixels: Uint8Array, count: number): number {
  const size = pixels.length / count;
  const mean = new Float64Array(size);
  pixels.forEach((value, i) => {
    mean[i % size] += value / count;
  });
  const centred = Float64Array.from(pixels, (value, i) => value - mean[i % size]);
  let trace = 0;
  let squares = 0;
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let p = 0; p < size; p++) product += centred[a * size + p] * centred[b * size + p];
      if (a === b) trace += product;
      squares += (a === b ? 1 : 2) * product ** 2;
    }
  return squares === 0 ? 0 : trace ** 2 / squares;
}
