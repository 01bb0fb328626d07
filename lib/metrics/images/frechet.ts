import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Moments } from "./moments";

/**
 * The squared Fréchet (2-Wasserstein) distance between two normal distributions,
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) (Dowson & Landau 1982), which Heusel et al. (2017) call FID when
 * the moments are those of Inception's features.
 */
export function frechetDistance(a: Moments, b: Moments): number {
  const squares = a.mean.reduce((sum, value, i) => sum + (value - b.mean[i]) ** 2, 0);
  const root = squareRoot(a.covariance);
  // Σ₁Σ₂ has the eigenvalues of this product, which is symmetric.
  const product = root.mmul(b.covariance).mmul(root);
  const both = eigen(product).realEigenvalues.reduce(
    (sum, v) => sum + Math.sqrt(Math.max(v, 0)),
    0,
  );
  // Rounding may end just below the smallest possible value.
  return Math.max(0, squares + a.covariance.trace() + b.covariance.trace() - 2 * both);
}

const eigen = (symmetric: Matrix) =>
  new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });

/** The symmetric root of a covariance. */
function squareRoot(covariance: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix: vectors } = eigen(covariance);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(value, 0)));
  return vectors.mmul(Matrix.diag(roots)).mmul(vectors.transpose());
}
