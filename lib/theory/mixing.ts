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
 * The same αT real items kept in every round, to leading order in d/T: their noise returns each
 * time, Cov(ξ_m, ξ_n) = α v, so E = v ((1−α) Σ (1−α)^{2k} + α (Σ (1−α)^k)²).
 */
export const keptRealError = formula<Mixed>({
  title: "Replace with kept real items (leading order in d/T)",
  left: "E_n^{\\mathrm{kept}}",
  expression:
    "sigma2 * d / (T - d - 1) * ((1 - alpha) * series((1 - alpha)^(2 * k), k, 0, n - 1) + alpha * series((1 - alpha)^k, k, 0, n - 1)^2)",
  check,
});
