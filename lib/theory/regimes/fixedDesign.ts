import { type Condition, noiseVariance } from "./condition";
import type { Recursion } from "./recursion";

/** Why the labels of a block do not have the form below; undefined if all do. */
export function reasonAgainstCopies({ blockItems }: Recursion, T: number): string | undefined {
  const block = blockItems.findIndex((items) => items % T !== 0);
  return block < 0
    ? undefined
    : `block ${block + 1} has ${blockItems[block]} items, which is no multiple of T = ${T}`;
}

/**
 * Exact expected test errors of models 1 … N with the same X in every block: block k holds X
 * repeated m_k times, so its labels say w_{k−1} + X⁺E_k/√m_k, and a fit is the mean of its blocks,
 * weighted by their shares. Hence w_n = w* + Σ_k c_nk X⁺E_k, with
 * c_nk = Σ_blocks share (c_{block−1,k} + [k = block]/√m_k), and the error is
 * d/(T−d−1) Σ_k c_nk² σ_k².
 * @returns undefined if a block is not X a whole number of times
 */
export function fixedDesignErrors(
  recursion: Recursion,
  condition: Condition,
): Float64Array | undefined {
  const { d, T } = condition;
  if (reasonAgainstCopies(recursion, T)) return undefined;
  const { models, blockItems } = recursion;
  const weights: Float64Array[] = [];
  return Float64Array.from(models, ({ shares, move }, i) => {
    const own = new Float64Array(i + 1);
    for (const { block, share } of move ? [{ ...move, share: 1 }] : shares) {
      weights[block - 2]?.forEach((weight, k) => {
        own[k] += share * weight;
      });
      own[block - 1] += (move?.share ?? share) / Math.sqrt(blockItems[block - 1] / T);
    }
    weights.push(own);
    const sum = own.reduce((total, c, k) => total + c ** 2 * noiseVariance(condition, k + 1), 0);
    return (d / (T - d - 1)) * sum;
  });
}
