import { CholeskyDecomposition, type Matrix } from "ml-matrix";
import type { Moments } from "./moments";

/**
 * Divergence of N(μ, Σ) from the standard normal in nats, ½(tr Σ + ‖μ‖² − k − log det Σ).
 * Infinite where Σ is singular.
 */
export function divergenceFromStandardNormal({ mean, covariance }: Moments): number {
  const squares = mean.reduce((sum, value) => sum + value ** 2, 0);
  return (covariance.trace() + squares - mean.length - logDeterminant(covariance)) / 2;
}

function logDeterminant(covariance: Matrix): number {
  const decomposition = new CholeskyDecomposition(covariance);
  if (!decomposition.isPositiveDefinite()) return Number.NEGATIVE_INFINITY;
  const factor = decomposition.lowerTriangularMatrix;
  return 2 * factor.diagonal().reduce((sum, value) => sum + Math.log(value), 0);
}
