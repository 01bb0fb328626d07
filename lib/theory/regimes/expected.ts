import type { Plan, Regime } from "../../pool/regime";
import { requireWhole } from "../ranges";
import { type Condition, requireCondition } from "./condition";
import { fixedDesignErrors } from "./fixedDesign";
import { freshDesignErrors } from "./freshDesign";
import { freshRealErrors } from "./freshReal";
import { keptRealErrors, subsampleErrors } from "./leadingOrder";
import { plansOf, type Recursion, recursionOf } from "./recursion";

/** Expected test errors of models 1 … N. */
export interface Expected {
  readonly errors: Float64Array;
  /** false: to leading order in d/T, which is too low where items per dimension are few. */
  readonly exact: boolean;
  /** What the form covers, in words. */
  readonly title: string;
}

interface Form extends Omit<Expected, "errors"> {
  /** undefined where the form does not apply. */
  errors(plans: readonly Plan[], condition: Condition): Float64Array | undefined;
}

/** All that is known, what is exact first. A regime is recognised by its plans, not by its name. */
const FORMS: readonly Form[] = [
  {
    title: "whole blocks, the same X",
    exact: true,
    errors: (plans, condition) =>
      condition.freshX ? undefined : ofWholeBlocks(fixedDesignErrors, plans, condition),
  },
  {
    title: "one block, or all of them, new inputs",
    exact: true,
    errors: (plans, condition) =>
      condition.freshX ? ofWholeBlocks(freshDesignErrors, plans, condition) : undefined,
  },
  {
    title: "unseen real items and the newest block, new inputs",
    exact: true,
    errors: (plans, condition) =>
      condition.freshX ? freshRealErrors(plans, condition) : undefined,
  },
  { title: "Accumulate-Subsample", exact: false, errors: subsampleErrors },
  { title: "kept real share, the same X", exact: false, errors: keptRealErrors },
];

/**
 * Expected test errors of a regime, E‖w_n − w*‖²_Σ for n = 1 … N, from its plans alone: Replace,
 * Replace-Multiple, Accumulate, growing pools and any other regime of whole blocks exactly; a few
 * others exactly or to leading order; undefined where nothing is known.
 * @throws UserError for T ≤ d + 1, negative variances or N < 1
 * @example expectedErrors(regimes.accumulate, { d: 10, T: 100, sigma2: 1 }, 50)?.errors[49]
 */
export function expectedErrors(
  regime: Regime,
  condition: Condition,
  iterations: number,
): Expected | undefined {
  requireCondition(condition);
  requireWhole("iterations", "the number of model fits", iterations);
  const plans = plansOf(regime, condition.T, iterations);
  for (const { title, exact, errors } of FORMS) {
    const found = errors(plans, condition);
    if (found) return { errors: found, exact, title };
  }
  return undefined;
}

function ofWholeBlocks(
  form: (recursion: Recursion, condition: Condition) => Float64Array | undefined,
  plans: readonly Plan[],
  condition: Condition,
): Float64Array | undefined {
  const recursion = recursionOf(plans, condition.T);
  return typeof recursion === "string" ? undefined : form(recursion, condition);
}
