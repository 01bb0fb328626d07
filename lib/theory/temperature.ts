import { formula } from "./formula";
import type { GaussianFit } from "./gaussian";
import {
  requireIteration,
  requirePositive,
  requireShare,
  requireVariance,
  requireWhole,
} from "./ranges";

/** A Gaussian whose samples have τ times its fitted variance; variances have the divisor T or nT. */
export interface Tempered extends GaussianFit {
  /** τ, temperature: factor on the variance of samples. 1 is unbiased sampling. */
  readonly tau: number;
}

function check({ T, sigma2, n, tau }: Tempered): void {
  requireWhole("T", "samples per round; a variance needs two", T, 2);
  requireVariance("sigma2 (σ₀²)", sigma2);
  requireIteration(n);
  requirePositive("tau (τ)", tau);
}

/** Replace at temperature τ: E σ_n² = σ₀² τ^(n−1) (1 − 1/T)^n, exact. */
export const temperedReplaceVariance = formula<Tempered>({
  title: "Gaussian at temperature τ, Replace: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression: "sigma2 * tau^(n - 1) * (1 - 1 / T)^n",
  check,
});

/**
 * Accumulate at temperature τ, exact for every T ≥ 2: with S_n the pool's sum of squares about its
 * mean, E S_{n+1} = E S_n [1 + τ (T − 1/(n+1))/(nT)]. For large T it is
 * Γ(n+τ)/(Γ(1+τ) Γ(n+1)) ~ n^(τ−1)/Γ(1+τ): accumulating slows the collapse of biased sampling from a
 * geometric one to a power law and does not stop it. (Derived; Marchi et al., arXiv 2404.02325, state
 * the closed loop's end.)
 */
export const temperedAccumulateVariance = formula<Tempered>({
  title: "Gaussian at temperature τ, Accumulate: fitted variance",
  left: "\\mathbb{E}\\,\\sigma_n^2",
  expression:
    "sigma2 * (1 - 1 / T) * product((k / (k + 1)) * (1 + (tau * (T - 1 / (k + 1))) / (k * T)), k, 1, n - 1)",
  check,
});

/** A share of every round is real and new, the rest sampled at temperature τ; T → ∞. */
export interface TemperedShare {
  readonly sigma2: number;
  readonly tau: number;
  /** f in (0, 1], share of real items. */
  readonly f: number;
}

/** Where the variance settles: σ₀² f/(1 − (1−f) τ), for T → ∞ and (1−f) τ < 1. */
export const temperedShareLimit = formula<TemperedShare>({
  title: "Gaussian at temperature τ with a real share f: limit of the variance",
  left: "\\lim_{n\\to\\infty} \\sigma_n^2",
  expression: "sigma2 * f / (1 - (1 - f) * tau)",
  check({ sigma2, tau, f }) {
    requireVariance("sigma2 (σ₀²)", sigma2);
    requirePositive("tau (τ)", tau);
    requireShare("f", f);
    requirePositive("1 − (1−f) τ, without which the variance grows for ever,", 1 - (1 - f) * tau);
  },
});
