import { UserError } from "../../../errors";
import type { Plan, Regime } from "../../../pool/regime";
import { accumulateSubsample } from "../../../pool/regimes";
import type { Stream } from "../../../random/stream";
import { requireWhole } from "../../../theory/ranges";
import { type Condition, requireCondition } from "../../../theory/regimes/condition";
import { reasonAgainstCopies } from "../../../theory/regimes/fixedDesign";
import { makes } from "../../../theory/regimes/leadingOrder";
import { plansOf, type Recursion, recursionOf } from "../../../theory/regimes/recursion";
import { fixedDesignPath } from "./fixedDesign";
import { freshDesignPath } from "./freshDesign";
import { subsamplePaths } from "./subsample";

/**
 * Test errors ‖w_n − w*‖² of models 1 … N of one chain, drawn from the law of the estimator without
 * building X: for regimes of whole blocks, with the same X or new inputs, and for
 * Accumulate-Subsample with the same X. The same law as the loop's, not the same numbers.
 * @throws UserError for a regime without such a form, naming the reason, or for T ≤ d + 1
 * @example exactDraw(regimes.accumulate, { d: 10, T: 100, sigma2: 1 }, 50, new Stream(["mine", 0]))
 */
export function exactDraw(
  regime: Regime,
  condition: Condition,
  iterations: number,
  stream: Stream,
): Float64Array {
  return exactDraws(regime, [condition], iterations, [stream], stream)[0];
}

/**
 * {@link exactDraw} at conditions that differ in their noise alone.
 * @param streams one for each condition
 * @param shared what conditions share where that saves work: X and the subsets of a subsample
 */
export function exactDraws(
  regime: Regime,
  conditions: readonly Condition[],
  iterations: number,
  streams: readonly Stream[],
  shared: Stream,
): Float64Array[] {
  conditions.forEach(requireCondition);
  const form = formOf(regime, conditions[0], iterations);
  if ("reason" in form)
    throw new UserError(
      `Regime ${regime.name} has no exact draw, because ${form.reason}. Use literalErrors, which takes any regime.`,
    );
  if ("subsample" in form) return subsamplePaths(conditions, iterations, shared);
  const path = conditions[0].freshX ? freshDesignPath : fixedDesignPath;
  return conditions.map((condition, i) => path(form.recursion, condition, streams[i]));
}

/** Why a regime has no {@link exactDraw} at a condition; undefined if it has. */
export function reasonAgainstExactDraw(
  regime: Regime,
  condition: Condition,
  iterations: number,
): string | undefined {
  const form = formOf(regime, condition, iterations);
  return "reason" in form ? form.reason : undefined;
}

type Form =
  | { readonly recursion: Recursion }
  | { readonly subsample: true }
  | { readonly reason: string };

/** Reading a regime's plans takes longer than a draw, and thousands of seeds have the same ones. */
const known = new WeakMap<Regime, Map<string, Form>>();

function formOf(regime: Regime, condition: Condition, iterations: number): Form {
  const { d, T, freshX } = condition;
  const forms = known.get(regime) ?? new Map<string, Form>();
  known.set(regime, forms);
  const key = `${d} ${T} ${freshX} ${iterations}`;
  const form = forms.get(key) ?? readForm(regime, condition, iterations);
  forms.set(key, form);
  return form;
}

function readForm(regime: Regime, { d, T, freshX = false }: Condition, iterations: number): Form {
  requireWhole("iterations", "the number of model fits", iterations);
  const plans: Plan[] = plansOf(regime, T, iterations);
  if (!freshX && makes(accumulateSubsample, plans, T)) return { subsample: true };
  const recursion = recursionOf(plans, T);
  if (typeof recursion === "string") return { reason: recursion };
  const reason = freshX ? reasonAgainstFewRows(recursion, d) : reasonAgainstCopies(recursion, T);
  return reason === undefined ? { recursion } : { reason };
}

function reasonAgainstFewRows({ blockItems, models }: Recursion, d: number): string | undefined {
  const block = blockItems.findIndex((items, i) => i < models.length && items < d);
  return block < 0
    ? undefined
    : `block ${block + 1} has ${blockItems[block]} items, fewer than d = ${d}`;
}
