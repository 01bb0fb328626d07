import { formula } from "./formula";
import { type OlsAt, requireOlsAt } from "./ranges";

/**
 * Accumulate with a fresh X every round: σ² d Σ_{i≤n} 1/(i (iT − d − 1)), slightly below the
 * fixed-X value because the pooled X has iT different rows.
 */
export const accumulateFreshError = formula<OlsAt>({
  title: "Accumulate, fresh X each round",
  left: "E_n^{\\mathrm{accumulate}}",
  expression: "sigma2 * d * series(1 / (i * (i * T - d - 1)), i, 1, n)",
  check: requireOlsAt,
});

/** Replace-Multiple with kT fresh rows at round k: σ² d Σ_{k≤n} 1/(kT − d − 1). */
export const replaceMultipleFreshError = formula<OlsAt>({
  title: "Replace-Multiple, fresh X each round",
  left: "E_n^{\\mathrm{multiple}}",
  expression: "sigma2 * d * series(1 / (k * T - d - 1), k, 1, n)",
  check: requireOlsAt,
});
