import { UserError } from "../errors";
import { formula } from "./formula";
import { requireIteration, requireNonNegative, requireVariance, requireWhole } from "./ranges";

/**
 * Replace with ridge in every fit on the same X, ŵ = (X'X/T + λ)⁻¹ X'Y/T: what the loop does with
 * `training.ridge`. Exact for the given X; its expectation over X has no closed form.
 */
export interface RidgeLoop {
  /** Eigenvalues s_1 … s_d > 0 of X'X/T. */
  readonly s: readonly number[];
  /** Coordinates of w* along the eigenvectors. */
  readonly w: readonly number[];
  readonly T: number;
  /** σ², label noise of every round. */
  readonly sigma2: number;
  /** λ ≥ 0. */
  readonly lambda: number;
  readonly n: number;
}

/**
 * E‖w_n − w*‖² = Σ_j (1 − a_jⁿ)² w_j² + σ² Σ_j s_j/(T (s_j + λ)²) Σ_{k<n} a_j^{2k} with
 * a_j = s_j/(s_j + λ): each round shrinks what is left of w* by a_j, and the noise of earlier rounds
 * with it, so that the noise stays bounded and the bias tends to ‖w*‖². Isotropic test inputs.
 * @throws UserError for eigenvalues that are not positive, or a w of another length
 */
export const ridgeLoopError = formula<RidgeLoop>({
  title: "Replace with ridge in every fit, given X",
  left: "E_n",
  expression:
    "series((1 - a[j]^n)^2 * w[j]^2, j, 1, d) + sigma2 * series(s[j] / (T * (s[j] + lambda)^2) * series(a[j]^(2 * k), k, 0, n - 1), j, 1, d)",
  check({ s, w, T, sigma2, lambda, n }) {
    requireWhole("T", "the number of items of one round", T);
    requireVariance("sigma2 (σ²)", sigma2);
    requireNonNegative("lambda (λ)", lambda);
    requireIteration(n);
    if (s.length === 0 || !s.every((value) => value > 0))
      throw new UserError("The eigenvalues s of X'X/T must be positive; T < d leaves zeros.");
    if (w.length !== s.length)
      throw new UserError(`w has ${w.length} coordinates, but X'X/T has ${s.length} eigenvalues.`);
  },
  derive: ({ s, lambda }) => ({ a: s.map((value) => value / (value + lambda)), d: s.length }),
});
