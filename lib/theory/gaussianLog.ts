import { formula } from "./formula";
import { requireIteration, requireNonNegative, requireWhole } from "./ranges";

/** Rounds of T samples each; variances have the divisor T. σ₀² = 1. */
export interface LogVariance {
  /** T, samples of a round. */
  readonly T: number;
  /** n, fits so far; 1 = real data only. */
  readonly n: number;
}

function check({ T, n }: LogVariance): void {
  requireWhole("T", "samples per round; a variance needs two", T, 2);
  requireIteration(n);
}

/**
 * Replace, divisor T: E log σ_n² = n [ψ((T−1)/2) − log(T/2)]. Exact for every T ≥ 2: log σ_n² is a
 * sum of n independent logarithms of χ²_{T−1}/T. Test this and not E σ_n², whose mean is carried by
 * paths that no simulation draws once n/T exceeds about 3. (Derived; Suresh et al., arXiv 2412.17646,
 * bound the same quantity.)
 */
export const gaussianReplaceLogVariance = formula<LogVariance>({
  title: "Gaussian, Replace: expected log variance, divisor T",
  left: "\\mathbb{E} \\log \\sigma_n^2",
  expression: "n * (digamma((T - 1) / 2) - log(T / 2))",
  check,
});

/** The same with the divisor T − 1: every path still goes to 0, though E σ_n² = 1 for all n. */
export const gaussianReplaceLogVarianceUnbiased = formula<LogVariance>({
  title: "Gaussian, Replace: expected log variance, divisor T − 1",
  left: "\\mathbb{E} \\log \\sigma_n^2",
  expression: "n * (digamma((T - 1) / 2) - log((T - 1) / 2))",
  check,
});

/** Replace with T·k^a samples in round k, a whole number of them in every round. */
export interface GrowingRounds extends LogVariance {
  /** a ≥ 0. */
  readonly a: number;
}

/**
 * Growing Replace, divisor one less than the samples: a sum of one term a round, finite in the limit
 * exactly if a > 1 (Xu, He & Cheng, arXiv 2505.13947; this form is derived). Rounds are not rounded
 * to whole numbers here: take a and T so that T·k^a is whole.
 */
export const gaussianGrowingLogVariance = formula<GrowingRounds>({
  title: "Gaussian, growing Replace: expected log variance, divisor T·k^a − 1",
  left: "\\mathbb{E} \\log \\sigma_n^2",
  expression: "series(digamma((T * k^a - 1) / 2) - log((T * k^a - 1) / 2), k, 1, n)",
  check(values) {
    check(values);
    requireNonNegative("a, the exponent by which rounds grow,", values.a);
  },
});

/** Sampling away from an auxiliary model that was fitted to T samples of the model itself. */
export interface Extrapolation extends LogVariance {
  /** ω ≥ 0; 0 is plain sampling. */
  readonly omega: number;
}

/**
 * The Gaussian core of SIMS (Alemohammad et al., arXiv 2408.16333): the score (1+ω) s_base − ω s_aux
 * of N(0, a) against N(0, b) samples N(0, a(a/b)^ω). With aux fitted to T own samples, Replace and the
 * divisor T: E log σ_n² = [n − ω(n−1)] [ψ((T−1)/2) − log(T/2)], so ω = 1 undoes each round's loss but
 * the first. Exact for T ≥ 2 (derived).
 */
export const gaussianExtrapolatedLogVariance = formula<Extrapolation>({
  title: "Gaussian, Replace with SIMS sampling: expected log variance, divisor T",
  left: "\\mathbb{E} \\log \\sigma_n^2",
  expression: "(n - omega * (n - 1)) * (digamma((T - 1) / 2) - log(T / 2))",
  check(values) {
    check(values);
    requireNonNegative("omega (ω)", values.omega);
  },
});
