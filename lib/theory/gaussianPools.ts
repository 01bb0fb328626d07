import { formula } from "./formula";
import type { GaussianFit } from "./gaussian";
import { requireIteration, requireVariance, requireWhole } from "./ranges";

// Gaussian fitting under the other regimes and with the unbiased divisor (items − 1). All of them are
// derived from the sum of squares of the pool and are exact for T ≥ 2.

function check({ T, sigma2, n }: GaussianFit): void {
  requireWhole("T", "samples per round; a variance needs two", T, 2);
  requireVariance("sigma2 (σ₀²)", sigma2);
  requireIteration(n);
}

/** Replace-Multiple, divisor nT: Π (1 − 1/(kT)) ~ n^(−1/T)/Γ(1 − 1/T): it collapses, as a power law. */
export const gaussianMultipleVariance = formula<GaussianFit>({
  title: "Gaussian, Replace-Multiple: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * product(1 - 1 / (k * T), k, 1, n)",
  check,
});

/** Accumulate-Subsample, divisor T: tends to a limit between Replace's 0 and Accumulate's. */
export const gaussianSubsampleVariance = formula<GaussianFit>({
  title: "Gaussian, Accumulate-Subsample: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * (1 - 1 / T) * product(1 - (3 - 1 / T) / (k * (k * T - 1)), k, 2, n)",
  check,
});

/** Accumulate-Subsample, divisor T − 1: grows without bound, like n^(1/T). */
export const gaussianSubsampleVarianceUnbiased = formula<GaussianFit>({
  title: "Gaussian, Accumulate-Subsample: fitted variance, divisor T − 1",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * product((k * T - 3 / k) / (k * T - 1), k, 2, n)",
  check,
});

/** Accumulate, divisor nT − 1. */
export const gaussianAccumulateVarianceUnbiased = formula<GaussianFit>({
  title: "Gaussian, Accumulate: fitted variance, divisor nT − 1",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * product(1 - 1 / (k * (k * T - 1)), k, 2, n)",
  check,
});
