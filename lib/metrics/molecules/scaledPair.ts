import type { Centred } from "./centred";

/** Σ|a|² + Σ|b|² within these bounds leaves room for its fourth power and its rounding. */
const SMALL = 1e-60;
const LARGE = 1e60;

/** Two conformers in a common unit of length. */
export interface ScaledPair {
  readonly from: Centred;
  readonly to: Centred;
  /** The unit, in the unit of the given coordinates: 1, or a power of two. */
  readonly unit: number;
}

/**
 * The pair in a unit in which the eighth powers of coordinates, which the largest eigenvalue is
 * computed from, neither underflow nor overflow. Ordinary conformers are returned as they are.
 */
export function scaledPair(from: Centred, to: Centred): ScaledPair {
  const total = from.squares + to.squares;
  if (total > SMALL && total < LARGE) return { from, to, unit: 1 };
  const largest = Math.max(largestOf(from.points), largestOf(to.points));
  if (largest === 0) return { from, to, unit: 1 };
  const unit = 2 ** Math.max(-1000, Math.floor(Math.log2(largest)));
  return { from: rescale(from, unit), to: rescale(to, unit), unit };
}

function rescale({ points, centroid }: Centred, unit: number): Centred {
  const shorter = points.map((value) => value / unit);
  const squares = shorter.reduce((sum, value) => sum + value * value, 0);
  return { points: shorter, squares, centroid };
}

function largestOf(points: Float64Array): number {
  return points.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
