import type { FoundPairs } from "./findPairs";

/**
 * The force of pairs on their atoms: each pair pushes both ends apart along its line by twice its
 * number. (GeoDiff lists a pair in both directions and adds each direction to both ends.)
 * @param values of the pairs from … from + values.length − 1
 * @returns 3N
 */
export function pairForcesToAtoms(
  { low, high, directions }: FoundPairs,
  values: ArrayLike<number>,
  from: number,
  atoms: number,
): Float64Array {
  const forces = new Float64Array(3 * atoms);
  for (let k = 0; k < values.length; k++) {
    const p = from + k;
    for (let c = 0; c < 3; c++) {
      const push = 2 * values[k] * directions[3 * p + c];
      forces[3 * low[p] + c] += push;
      forces[3 * high[p] + c] -= push;
    }
  }
  return forces;
}

/**
 * Gradient of {@link pairForcesToAtoms} with respect to its values.
 * @param dForces 3N
 */
export function atomsToPairGradient(
  { low, high, directions }: FoundPairs,
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
