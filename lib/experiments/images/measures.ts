import { SIDE } from "./config";

const PIXELS = SIDE * SIDE;
const ACTIVE = 0.01;

/** Columns of means [n, k] whose variance over n exceeds 0.01. */
export function activeUnits(means: Float32Array, k: number): number {
  const n = means.length / k;
  let active = 0;
  for (let unit = 0; unit < k; unit++) {
    let sum = 0;
    let squares = 0;
    for (let i = unit; i < means.length; i += k) {
      sum += means[i];
      squares += means[i] ** 2;
    }
    if (squares / n - (sum / n) ** 2 > ACTIVE) active++;
  }
  return active;
}

/** Mean Euclidean distance over all pairs of images, grey values taken in [0, 1]. */
export function meanPairwiseDistance(pixels: Uint8Array, count: number): number {
  let sum = 0;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) {
      let squares = 0;
      for (let p = 0; p < PIXELS; p++)
        squares += (pixels[a * PIXELS + p] - pixels[b * PIXELS + p]) ** 2;
      sum += Math.sqrt(squares);
    }
  return sum / 255 / ((count * (count - 1)) / 2);
}

/** Mean absolute difference of horizontal and vertical neighbours, grey values in [0, 1]. */
export function meanGradient(pixels: Uint8Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const at = i * PIXELS + y * SIDE + x;
        if (x > 0) sum += Math.abs(pixels[at] - pixels[at - 1]);
        if (y > 0) sum += Math.abs(pixels[at] - pixels[at - SIDE]);
      }
  return sum / 255 / (count * 2 * SIDE * (SIDE - 1));
}
