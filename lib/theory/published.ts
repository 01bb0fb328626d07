import { formula } from "./formula";
import { type OlsAt, requireOlsAt } from "./ranges";

/**
 * The dashed Replace line as drawn in the published Figures 7 and 16: (n+1) v. It counts rounds of
 * generation from 0, as Dohmatob et al. do, on an axis that counts model fits from 1; the formula
 * for that axis is n v ({@link replaceError}).
 */
export const publishedReplaceLine = formula<OlsAt>({
  title: "Replace as drawn in Figures 7 and 16 (one round late)",
  left: "\\tilde{E}_n^{\\mathrm{replace}}",
  expression: "sigma2 * d / (T - d - 1) * (n + 1)",
  check: requireOlsAt,
});

/**
 * The dashed Replace-Multiple line as drawn in the published Figure 16: v ln(n+1), an approximation
 * that starts at 0.693 v instead of v. Exact is v H_n ({@link replaceMultipleError}).
 */
export const publishedReplaceMultipleLine = formula<OlsAt>({
  title: "Replace-Multiple as drawn in Figure 16 (logarithm for the harmonic number)",
  left: "\\tilde{E}_n^{\\mathrm{multiple}}",
  expression: "sigma2 * d / (T - d - 1) * log(n + 1)",
  check: requireOlsAt,
});
