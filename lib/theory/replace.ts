import { formula } from "./formula";
import { type OlsAt, requireOlsAt } from "./ranges";

/** Replace, paper eq. 4: v n. The same for fixed and for fresh X. */
export const replaceError = formula<OlsAt>({
  title: "Replace (eq. 4)",
  left: "E_n^{\\mathrm{replace}}",
  expression: "sigma2 * d / (T - d - 1) * n",
  check: requireOlsAt,
});
