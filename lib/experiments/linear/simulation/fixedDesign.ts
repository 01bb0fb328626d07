import type { Stream } from "../../../random/stream";
import { type Condition, noiseVariance } from "../../../theory/regimes/condition";
import type { Recursion } from "../../../theory/regimes/recursion";
import { drawBidiagonal, squaredSolution } from "./spectrum";

/**
 * One chain of a regime of whole blocks with the same X: block k holds X repeated m_k times, so its
 * labels say a_{k−1} + e_k/√m_k in the coordinates of {@link drawBidiagonal}, and a model is the
 * mean of its blocks. O(d) for each model that is one move from an earlier one, whatever T.
 */
export function fixedDesignPath(
  { models, blockItems }: Recursion,
  condition: Condition,
  stream: Stream,
): Float64Array {
  const { d, T } = condition;
  const b = drawBidiagonal(d, T, stream.at("design"));
  const noise = stream.at("label-noise");
  // Row k: what model k is off w* by (0 for w* itself), and what the labels of block k + 1 say beyond it.
  const off = new Float64Array((models.length + 1) * d);
  const pushes = noise.normals(new Float64Array(models.length * d));
  const a = new Float64Array(d);
  const add = (block: number, carried: number, share: number): void => {
    const row = (block - 1) * d;
    const scale = Math.sqrt((noiseVariance(condition, block) * T) / blockItems[block - 1]);
    for (let j = 0; j < d; j++) a[j] += carried * off[row + j] + share * scale * pushes[row + j];
  };
  return Float64Array.from(models, ({ shares, move }, i) => {
    a.fill(0);
    if (move) add(move.block, 1, move.share);
    else for (const { block, share } of shares) add(block, share, share);
    off.set(a, (i + 1) * d);
    return squaredSolution(b, a);
  });
}
