import { UserError } from "../errors";
import type { GaussianFit } from "./gaussian";
import { requireIteration, requireVariance, requireWhole } from "./ranges";

/** A Gaussian that is fitted to m real items, new in every round, and T − m samples of the fit before. */
export interface GaussianShare extends GaussianFit {
  /** m, real items of a round; 0 is Replace. */
  readonly real: number;
}

/**
 * Exact E σ_n² with the divisor T. With μ and s² of the fit before, both scaled to the real mean 0: the
 * mean of the next T items has the second moment (k/T)² E μ² + (m σ₀² + k E s²)/T², k = T − m, and their
 * variance is the mean square less that.
 */
export function gaussianShareVariance({ T, sigma2, n, real }: GaussianShare): number {
  requireWhole("T", "samples per round; a variance needs two", T, 2);
  requireVariance("sigma2 (σ₀²)", sigma2);
  requireIteration(n);
  requireWhole("real", "new real items of a round", real, 0);
  if (real > T) throw new UserError(`real (${real}) cannot exceed T = ${T}, the items of a round.`);
  let [variance, drift] = [sigma2 * (1 - 1 / T), sigma2 / T];
  const k = T - real;
  for (let round = 2; round <= n; round++) {
    const square = (real * sigma2 + k * variance) / T;
    const mean = (k / T) ** 2 * drift + square / T;
    [variance, drift] = [square + (k / T) * drift - mean, mean];
  }
  return variance;
}
