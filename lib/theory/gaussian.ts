import { formula } from "./formula";
import { requireIteration, requireVariance, requireWhole } from "./ranges";

/** Fitting a univariate Gaussian to its own samples round after round (Kazdan et al.). */
export interface GaussianFit {
  /** Samples per round (theirs: n). */
  readonly T: number;
  /** σ₀², variance of the real data. */
  readonly sigma2: number;
  /** Fits so far, 1 = real data only (theirs: t). */
  readonly n: number;
}

function check({ T, sigma2, n }: GaussianFit): void {
  requireWhole("T", "samples per round; a variance needs two", T, 2);
  requireVariance("sigma2 (σ₀²)", sigma2);
  requireIteration(n);
}

/** Replace, variance with divisor T: E σ_n² = σ₀² (1 − 1/T)^n → 0. */
export const gaussianReplaceVariance = formula<GaussianFit>({
  title: "Gaussian, Replace: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * (1 - 1 / T)^n",
  check,
});

/** Replace: E (μ_n − μ₀)² = σ₀² (1 − (1 − 1/T)^n). */
export const gaussianReplaceDrift = formula<GaussianFit>({
  title: "Gaussian, Replace: squared drift of the mean",
  left: "\\mathbb{E}(\\mu_n - \\mu_0)^2",
  expression: "sigma2 * (1 - (1 - 1 / T)^n)",
  check,
});

/** Accumulate, variance with divisor nT: E σ_n² = σ₀² Π_{k≤n} (1 − 1/(T k²)). */
export const gaussianAccumulateVariance = formula<GaussianFit>({
  title: "Gaussian, Accumulate: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * product(1 - 1 / (T * k^2), k, 1, n)",
  check,
});

/** Accumulate: E (μ_n − μ₀)² = σ₀² (1 − Π_{k≤n} (1 − 1/(T k²))). */
export const gaussianAccumulateDrift = formula<GaussianFit>({
  title: "Gaussian, Accumulate: squared drift of the mean",
  left: "\\mathbb{E}(\\mu_n - \\mu_0)^2",
  expression: "sigma2 * (1 - product(1 - 1 / (T * k^2), k, 1, n))",
  check,
});

/** Its limit: σ₀² sin(π/√T)/(π/√T). */
export const gaussianAccumulateLimit = formula<Omit<GaussianFit, "n">>({
  title: "Gaussian, Accumulate: limit of the fitted variance",
  left: "\\lim_{n\\to\\infty} \\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * sin(pi / sqrt(T)) / (pi / sqrt(T))",
  check: (values) => check({ ...values, n: 1 }),
});
