import type { Plan, Regime } from "../../pool/regime";
import { accumulateSubsample, keepReal } from "../../pool/regimes";
import { keptRealError } from "../mixing";
import { subsampleError } from "../subsample";
import type { Condition } from "./condition";

/** Accumulate-Subsample's errors, to leading order in d/T; undefined for other plans. */
export function subsampleErrors(
  plans: readonly Plan[],
  condition: Condition,
): Float64Array | undefined {
  if (!equalNoises(condition) || !makes(accumulateSubsample, plans, condition.T)) return undefined;
  return Float64Array.from(plans, (_, i) => subsampleError({ ...condition, n: i + 1 }));
}

/** Errors of a kept real share with the same X, to leading order in d/T; undefined for other plans. */
export function keptRealErrors(
  plans: readonly Plan[],
  condition: Condition,
): Float64Array | undefined {
  const { T, freshX = false } = condition;
  const kept = plans[1]?.parts[0].draw ?? 0;
  if (freshX || !equalNoises(condition) || !(kept > 0 && kept < T)) return undefined;
  const alpha = kept / T;
  if (!makes(keepReal(alpha), plans, T)) return undefined;
  return Float64Array.from(plans, (_, i) => keptRealError({ ...condition, alpha, n: i + 1 }));
}

/** Whether a regime makes these very plans, whatever it is called. */
export function makes(regime: Regime, plans: readonly Plan[], T: number): boolean {
  return plans.every((plan, i) => JSON.stringify(plan) === JSON.stringify(regime.plan(i + 1, T)));
}

function equalNoises({ sigma2, sigmaLater2 = sigma2 }: Condition): boolean {
  return sigma2 === sigmaLater2;
}
