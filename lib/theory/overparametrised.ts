import { UserError } from "../errors";
import { formula } from "./formula";
import { requireIteration, requireNonNegative, requireRegression } from "./ranges";

/** Fewer items than dimensions, minimum-norm least squares (pseudo-inverse), isotropic inputs. */
export interface Overparametrised {
  readonly d: number;
  readonly T: number;
  readonly n: number;
  readonly sigma2: number;
  /** ‖w*‖². */
  readonly truth2: number;
}

function check(values: Overparametrised): void {
  requireRegression(values);
  requireIteration(values.n);
  const { d, T, truth2 } = values;
  if (T >= d - 1)
    throw new UserError(
      `The over-parametrised formula needs T ≤ d − 2, not T = ${T} with d = ${d}; between d − 1 and d + 1 the expected error is infinite.`,
    );
  requireNonNegative("truth2 (‖w*‖²)", truth2);
}

/**
 * Replace with the same X: ‖w*‖² (1 − T/d) + n σ² T/(d−T−1). What X does not see is lost once;
 * label noise adds up.
 */
export const overparametrisedFixed = formula<Overparametrised>({
  title: "Over-parametrised Replace, same X",
  left: "E_n",
  expression: "truth2 * (1 - T / d) + n * sigma2 * T / (d - T - 1)",
  check,
});

/**
 * Replace with a fresh X each round: every round projects w on another random T-dimensional
 * subspace, E = ‖w*‖² (1 − (T/d)^n) + σ² T/(d−T−1) Σ_{k<n} (T/d)^k. It collapses to the zero
 * vector even without noise.
 */
export const overparametrisedFresh = formula<Overparametrised>({
  title: "Over-parametrised Replace, fresh X",
  left: "E_n",
  expression:
    "truth2 * (1 - (T / d)^n) + sigma2 * T / (d - T - 1) * series((T / d)^k, k, 0, n - 1)",
  check,
});
