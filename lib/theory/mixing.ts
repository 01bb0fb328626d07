import { formula } from "./formula";
import { type OlsAt, requireOlsAt, requireShare } from "./ranges";

/** Replace with a share of real data in every round's T items. */
export interface Mixed extends OlsAt {
  /** α, share of real items. 1 = real data only. */
  readonly alpha: number;
}

function check(values: Mixed): void {
  requireOlsAt(values);
  requireShare("alpha (α)", values.alpha);
}

/**
 * αT fresh real items every round, the rest from model n−1, to leading order in d/T:
 * u_n = (1−α) u_{n−1} + ξ_n, Var ξ_n = v, so E = v Σ_{k<n} (1−α)^{2k} ≤ v/(1 − (1−α)²).
 */
export const freshRealError = formula<Mixed>({
  title: "Replace with fresh real items (leading order in d/T)",
  left: "E_n^{\\mathrm{fresh}}",
  expression: "sigma2 * d / (T - d - 1) * series((1 - alpha)^(2 * k), k, 0, n - 1)",
  check,
});

/**
 * αT of the same real items in every round, drawn anew, the rest from model n−1, to leading order in
 * d/T. Old noise returns: with q = 1 − α, u_n = q u_{n−1} + ξ_n, Var ξ_n = v, Cov(ξ_1, ξ_n) = α v
 * and Cov(ξ_m, ξ_n) = α² v for m, n ≥ 2. Tends to v (1 + (1 − α²)/(1 − q²)).
 */
export const keptRealError = formula<Mixed>({
  title: "Replace with kept real items (leading order in d/T)",
  left: "E_n^{\\mathrm{kept}}",
  expression:
    "sigma2 * d / (T - d - 1) * (series((1 - alpha)^(2 * k), k, 0, n - 1) + 2 * alpha * (1 - alpha)^(n - 1) * series((1 - alpha)^k, k, 0, n - 2) + alpha^2 * (series((1 - alpha)^k, k, 0, n - 2)^2 - series((1 - alpha)^(2 * k), k, 0, n - 2)))",
  check,
});
