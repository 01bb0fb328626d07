import type { PairsByRange } from "./findPairs";

/**
 * Forces of pairs on their atoms: each pair pushes its atoms apart along the line between them by
 * twice its score. (GeoDiff lists a pair in both directions and adds each direction to both atoms.)
 * @param scores of the pairs from … from + scores.length − 1
 * @returns 3N
 */
export function pairForcesToAtoms(
  { low, high, directions }: PairsByRange,
  scores: ArrayLike<number>,
  from: number,
  atoms: number,
): Float64Array {
  const forces = new Float64Array(3 * atoms);
  for (let k = 0; k < scores.length; k++) {
    const p = from + k;
    for (let c = 0; c < 3; c++) {
      const push = 2 * scores[k] * directions[3 * p + c];
      forces[3 * low[p] + c] += push;
      forces[3 * high[p] + c] -= push;
    }
  }
  return forces;
}

/**
 * Gradient of {@link pairForcesToAtoms} with respect to its scores.
 * @param dForces 3N
 */
export function atomsToPairGradient(
  { low, high, directions }: PairsByRange,
  dForces: ArrayLike<number>,
  from: number,
  count: number,
): Float32Array {
  const gradient = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    const p = from + k;
    let along = 0;
    for (let c = 0; c < 3; c++)
      along += directions[3 * p + c] * (dForces[3 * low[p] + c] - dForces[3 * high[p] + c]);
    gradient[k] = 2 * along;
  }
  return gradient;
}
