import { formula } from "./formula";
import { type OlsAt, requireOlsAt } from "./ranges";

/** Replace-Multiple (nT items, all from model n−1), paper eq. 11: v H_n = v Σ 1/k. */
export const replaceMultipleError = formula<OlsAt>({
  title: "Replace-Multiple (eq. 11)",
  left: "E_n^{\\mathrm{multiple}}",
  expression: "sigma2 * d / (T - d - 1) * series(1 / k, k, 1, n)",
  check: requireOlsAt,
});
