import { formula } from "./formula";
import { type Ols, type OlsAt, requireOls, requireOlsAt } from "./ranges";

/** Accumulate with fixed X, paper Theorem 2: v Σ_{i≤n} 1/i². */
export const accumulateError = formula<OlsAt>({
  title: "Accumulate (Theorem 2)",
  left: "E_n^{\\mathrm{accumulate}}",
  expression: "sigma2 * d / (T - d - 1) * series(1 / i^2, i, 1, n)",
  check: requireOlsAt,
});

/** The bound of Theorem 2, v π²/6: the limit of {@link accumulateError} as n → ∞. */
export const accumulateBound = formula<Ols>({
  title: "Bound of Accumulate (Theorem 2)",
  left: "E_\\infty^{\\mathrm{accumulate}}",
  expression: "sigma2 * d / (T - d - 1) * (pi^2 / 6)",
  check: requireOls,
});
