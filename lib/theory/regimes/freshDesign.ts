import { type Condition, noiseVariance } from "./condition";
import type { Recursion } from "./recursion";

/**
 * Exact expected test errors of models 1 … N with new inputs in every block, where each model is one
 * {@link Move} from an earlier one: u_n = u_from + S_n⁻¹ X'E with S_n the Gram matrix of all N_n
 * rows, which are exchangeable, so that a move adds σ² d · share/(N_n − d − 1).
 * @returns undefined if some model is no such move, or a training set has fewer than d + 2 items
 */
export function freshDesignErrors(
  { models }: Recursion,
  condition: Condition,
): Float64Array | undefined {
  const { d } = condition;
  const errors = new Float64Array(models.length);
  for (const [i, { move, items }] of models.entries()) {
    if (!move || items < d + 2) return undefined;
    const added = (noiseVariance(condition, move.block) * d * move.share) / (items - d - 1);
    errors[i] = (move.from === 0 ? 0 : errors[move.from - 1]) + added;
  }
  return errors;
}
