import { UserError } from "../errors";
import { formula } from "./formula";
import { requireIteration, requireNonNegative, requirePositive, requireShare } from "./ranges";

// Errors of an estimated mean over that of one fit. `meanErrors` gives those of any regime.

/** Rounds whose information grows like k^a. */
export interface PowerLaw {
  /** a ≥ 0. */
  readonly a: number;
  readonly n: number;
}

/**
 * Σ k^(−a): a = 0 is Replace (n), a = 1 Replace-Multiple (the harmonic number H_n), a = 2 both
 * Accumulate and Replace with n² times as many items in round n, which tend to π²/6 (paper eq. 4, 11 and
 * Theorem 2; growing rounds: Xu, He & Cheng, arXiv 2505.13947).
 */
export const powerLawError = formula<PowerLaw>({
  title: "Mean: error over one fit after n rounds",
  left: "E_n / v",
  expression: "series(k^(-a), k, 1, n)",
  check({ a, n }) {
    requireNonNegative("a, the exponent,", a);
    requireIteration(n);
  },
});

/** A share f of every round is real and new. */
export interface FreshShare {
  readonly f: number;
  readonly n: number;
}

/**
 * Σ_{k<n} (1−f)^(2k) → 1/(1 − (1−f)²): a constant share of fresh real data suffices, exactly so for
 * means (Fu et al., arXiv 2502.18865, state the condition; the form is derived).
 */
export const freshShareMeanError = formula<FreshShare>({
  title: "Mean with a fresh real share f: error over one fit",
  left: "E_n / v",
  expression: "series((1 - f)^(2 * k), k, 0, n - 1)",
  check({ f, n }) {
    requireShare("f", f);
    requireIteration(n);
  },
});

/** Real data kept, and the latest block of λ synthetic items per real one. */
export interface Augmented {
  /** λ > 0. */
  readonly lambda: number;
}

/**
 * Limit for real + latest, in units of one fit: (1 + 3λ)/(1 + 2λ) ≤ 3/2, and 4/3 at λ = 1, for means
 * and for least squares with the same X (derived; the loop is that of Alemohammad et al., arXiv
 * 2307.01850, and of Bertrand et al., arXiv 2310.00429).
 */
export const realAndLatestLimit = formula<Augmented>({
  title: "Real and latest block: limit of the error over one fit",
  left: "\\lim_{n\\to\\infty} E_n / v",
  expression: "(1 + 3 * lambda) / (1 + 2 * lambda)",
  check: ({ lambda }) => requirePositive("lambda (λ)", lambda),
});

/** Fresh real items of weight w against k⁻¹ synthetic ones per real one of weight 1 − w. */
export interface Weighted {
  /** w in (0, 1). */
  readonly w: number;
  /** k > 0, real items per synthetic one. */
  readonly k: number;
}

/** [w² + k(1−w)²]/[w(2−w)] in units of one fit (He, Xu & Cheng, arXiv 2502.18049; general k derived). */
export const weightedRealLimit = formula<Weighted>({
  title: "Weighted fresh real data: limit of the error over one fit",
  left: "\\lim_{n\\to\\infty} E_n / v",
  expression: "(w^2 + k * (1 - w)^2) / (w * (2 - w))",
  check({ w, k }) {
    requirePositive("k, real items per synthetic one,", k);
    if (!(w > 0 && w < 1))
      throw new UserError(`w, the weight of the real part, must lie between 0 and 1, not be ${w}.`);
  },
});

/** The best weight, which is also the error that it leaves: (√(k² + 4k) − k)/2, 1/φ at k = 1. */
export const bestWeight = formula<Pick<Weighted, "k">>({
  title: "The best weight of fresh real data, and the error that it leaves over one fit",
  left: "w^*",
  expression: "(sqrt(k^2 + 4 * k) - k) / 2",
  check: ({ k }) => requirePositive("k, real items per synthetic one,", k),
});
