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
  // What model k is off w* by (0 for w* itself), and what the labels of block k say beyond it.
  const off = [new Float64Array(d)];
  const pushes: Float64Array[] = [];
  return Float64Array.from(models, ({ shares, move }, i) => {
    const scale = Math.sqrt(noiseVariance(condition, i + 1) / (blockItems[i] / T));
    pushes.push(noise.normals(new Float64Array(d)).map((value) => scale * value));
    const a = new Float64Array(d);
    for (const { block, share } of move ? [move] : shares) {
      const carried = move ? 1 : share;
      for (let j = 0; j < d; j++)
        a[j] += carried * off[block - 1][j] + share * pushes[block - 1][j];
    }
    off.push(a);
    return squaredSolution(b, a);
  });
}
