import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Moments } from "./moments";

/** Eigenvalues of a correlation that rounding cannot tell from 0. */
const SMALLEST = 1e-12;

/**
 * Divergence of N(μ, Σ) from the standard normal in nats, ½(tr Σ + ‖μ‖² − k − log det Σ). Infinite where
 * a coordinate does not vary; directions that vary by less than rounding count as varying by that.
 */
export function divergenceFromStandardNormal({ mean, covariance }: Moments): number {
  const squares = mean.reduce((sum, value) => sum + value ** 2, 0);
  return (covariance.trace() + squares - mean.length - logDeterminant(covariance)) / 2;
}

/** Of the variances and of the correlation apart, so that very unequal variances do no harm. */
function logDeterminant(covariance: Matrix): number {
  const variances = covariance.diagonal();
  if (variances.some((variance) => variance === 0)) return Number.NEGATIVE_INFINITY;
  const scale = Matrix.diag(variances.map((variance) => 1 / Math.sqrt(variance)));
  const correlation = scale.mmul(covariance).mmul(scale);
  const { realEigenvalues } = new EigenvalueDecomposition(correlation, { assumeSymmetric: true });
  const logs = [...variances, ...realEigenvalues.map((value) => Math.max(value, SMALLEST))];
  return logs.reduce((sum, value) => sum + Math.log(value), 0);
}
