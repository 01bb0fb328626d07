import type { Plan } from "../../pool/regime";
import { freshRealCarry } from "../mixing";
import type { Condition } from "./condition";

type Range = readonly [from: number, to: number];

/** A training set of real items that no model has seen, and of the newest block. */
interface Mixture {
  readonly real: number;
  readonly synthetic: number;
}

/**
 * Exact expected test errors of regimes that mix real items that no model has seen with the newest
 * block, with new inputs in every block: E_n = c E_{n−1} + d/(N−d−1) (σ² r + σ_s² m)/N for r real and
 * m synthetic items, N = r + m, and c of {@link freshRealCarry}.
 * @returns undefined if the plans are of another kind, or a training set has fewer than d + 2 items
 */
export function freshRealErrors(
  plans: readonly Plan[],
  condition: Condition,
): Float64Array | undefined {
  const { d, T, sigma2, sigmaLater2 = sigma2 } = condition;
  const mixtures = mixturesOf(plans, T);
  if (!mixtures) return undefined;
  let before = 0;
  const errors = mixtures.map(({ real, synthetic }) => {
    const items = real + synthetic;
    if (items < d + 2) return Number.NaN;
    const carried = before && before * freshRealCarry({ d, T: items, m: synthetic });
    const noise = (sigma2 * real + sigmaLater2 * synthetic) / items;
    before = carried + (d / (items - d - 1)) * noise;
    return before;
  });
  return errors.some(Number.isNaN) ? undefined : Float64Array.from(errors);
}

function mixturesOf(plans: readonly Plan[], T: number): Mixture[] | undefined {
  const seen: Range[] = [];
  const mixtures: Mixture[] = [];
  for (const [i, { parts, subsample, produce: _, ...treatment }] of plans.entries()) {
    if (subsample !== undefined || Object.values(treatment).some((v) => v !== undefined))
      return undefined;
    let [real, synthetic] = [0, 0];
    for (const { block, range = [0, itemsOf(plans, block, T)] as const, ...selection } of parts) {
      if (Object.values(selection).some((value) => value !== undefined)) return undefined;
      if (block === 1) {
        if (seen.some(([from, to]) => range[0] < to && from < range[1])) return undefined;
        seen.push(range);
        real += range[1] - range[0];
      } else {
        const whole = range[0] === 0 && range[1] === itemsOf(plans, block, T);
        if (block !== i + 1 || !whole || synthetic > 0) return undefined;
        synthetic = range[1];
      }
    }
    mixtures.push({ real, synthetic });
  }
  return mixtures;
}

function itemsOf(plans: readonly Plan[], block: number, T: number): number {
  return block === 1 ? T : plans[block - 2].produce;
}
