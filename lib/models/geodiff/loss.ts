import type { PairsByRange } from "./findPairs";
import { atomsToPairGradient, pairForcesToAtoms } from "./forces";

/** Weights of the squared errors of the two branches. */
export const LOSS_WEIGHTS = { global: 2, local: 5 } as const;

/** The loss of one branch and its gradient. */
export interface BranchLoss {
  /** weight · |error|² by atom, N numbers. */
  readonly atoms: Float64Array;
  /** Gradient of scale · Σ atoms with respect to the scores of the pairs. */
  readonly gradient: Float32Array;
}

/**
 * weight · |Σ over an atom's pairs of (score − target) along the pair|²: the squared error of the
 * force on each atom. (GeoDiff subtracts the two forces, which are linear.)
 * @param scores of the pairs from … from + scores.length − 1
 * @param targets of all pairs
 * @param scale factor of the gradient
 */
export function branchLoss(
  pairs: PairsByRange,
  scores: ArrayLike<number>,
  targets: Float64Array,
  from: number,
  atoms: number,
  weight: number,
  scale: number,
): BranchLoss {
  const errors = new Float64Array(scores.length);
  for (let k = 0; k < errors.length; k++) errors[k] = scores[k] - targets[from + k];
  const forces = pairForcesToAtoms(pairs, errors, from, atoms);
  const losses = new Float64Array(atoms);
  for (let a = 0; a < atoms; a++)
    for (let i = 3 * a; i < 3 * a + 3; i++) {
      losses[a] += weight * forces[i] * forces[i];
      forces[i] *= 2 * weight * scale;
    }
  return { atoms: losses, gradient: atomsToPairGradient(pairs, forces, from, errors.length) };
}

/**
 * The target of each pair's score: (distance without noise − distance with it) / σ.
 * @param positions 3N, without noise
 * @param sigma of each atom, N
 */
export function pairTargets(
  { low, high, distances, all }: PairsByRange,
  positions: ArrayLike<number>,
  sigma: ArrayLike<number>,
): Float64Array {
  const targets = new Float64Array(all);
  for (let p = 0; p < all; p++) {
    const [a, b] = [3 * low[p], 3 * high[p]];
    const x = positions[a] - positions[b];
    const y = positions[a + 1] - positions[b + 1];
    const z = positions[a + 2] - positions[b + 2];
    // Several times as fast as Math.hypot.
    const distance = Math.sqrt(x * x + y * y + z * z);
    targets[p] = (distance - distances[p]) / sigma[low[p]];
  }
  return targets;
}
