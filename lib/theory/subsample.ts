import { formula } from "./formula";
import { type Ols, type OlsAt, requireOls, requireOlsAt } from "./ranges";

/**
 * Accumulate-Subsample (T of the nT pooled items, drawn without replacement), to leading order in
 * d/T: v (p_n + 1 − 1/n), p_1 = 1, p_j = p_{j−1} + (2 − 1/(j−1))/j².
 *
 * In that order u_n = mean(u_0 … u_{n−1}) + ξ_n with Var ξ_n = v; the subsets of rounds m < n
 * share T/n rows on average, so Cov(ξ_m, ξ_n) = v/n. Summing the variances gives the recursion.
 * With the same X and a finite d/T the error is above it, because a subsample of the stacked X repeats rows: by 27 %
 * at T/d = 5 and 74 % at T/d = 3. There its mean does not even exist once T ≤ n (d + 1), when all
 * drawn rows may be copies of d + 1 different ones; medians do.
 */
export const subsampleError = formula<OlsAt>({
  title: "Accumulate-Subsample (leading order in d/T)",
  left: "E_n^{\\mathrm{subsample}}",
  expression: "sigma2 * d / (T - d - 1) * (2 - 1 / n + series((2 - 1 / (j - 1)) / j^2, j, 2, n))",
  check: requireOlsAt,
});

/** Limit of {@link subsampleError}: v (π²/2 − 2) ≈ 2.935 v. */
export const subsampleLimit = formula<Ols>({
  title: "Limit of Accumulate-Subsample",
  left: "E_\\infty^{\\mathrm{subsample}}",
  expression: "sigma2 * d / (T - d - 1) * (pi^2 / 2 - 2)",
  check: requireOls,
});
