import { formula } from "./formula";
import { type Ols, requireOls } from "./ranges";

/**
 * v = σ² d / (T − d − 1): expected test error E‖w − w*‖²_Σ of one least-squares fit to T rows
 * (paper Lemma 3 and Theorem 2 at n = 1). It holds for any full-rank input covariance Σ, because
 * tr Σ·E(X'X)⁻¹ does not depend on Σ; so does every closed form built on it.
 */
export const oneFitError = formula<Ols>({
  title: "One fit on real data (Lemma 3)",
  left: "v",
  expression: "sigma2 * d / (T - d - 1)",
  check: requireOls,
});
