import type { Stream } from "../../../random/stream";
import { type Condition, noiseVariance } from "../../../theory/regimes/condition";
import type { Recursion } from "../../../theory/regimes/recursion";
import { cholesky, multiplyLower, multiplySymmetric, solveCholesky } from "./symmetric";

/**
 * One chain of a regime of whole blocks with new inputs in every block. Where every model is trained
 * on one block, X⁺E has the multivariate t law σ z/χ with z ~ N(0, I_d) and items − d + 1 degrees of
 * freedom (Hotelling): O(d) a model. Otherwise {@link gramPath}: O(d³), whatever T.
 */
export function freshDesignPath(
  recursion: Recursion,
  condition: Condition,
  stream: Stream,
): Float64Array {
  const { models } = recursion;
  if (models.some(({ shares }) => shares.length > 1)) return gramPath(recursion, condition, stream);
  const { d } = condition;
  const off: Float64Array[] = [new Float64Array(d)];
  return Float64Array.from(models, ({ shares: [{ block }], items }) => {
    const chi = Math.sqrt(stream.chiSquare(items - d + 1));
    const scale = Math.sqrt(noiseVariance(condition, block)) / chi;
    const u = off[block - 1].map((value) => value + scale * stream.normal());
    off.push(u);
    return squaredNorm(u);
  });
}

/**
 * A fit is (Σ G_k)⁻¹ Σ h_k over its blocks, with h_k = G_k u_{k−1} + X_k'E_k. G_k = X_k'X_k ~
 * Wishart(I, items) is drawn by Bartlett's factor L_k, and X_k'E_k is σ L_k z.
 */
function gramPath(
  { models, blockItems }: Recursion,
  condition: Condition,
  stream: Stream,
): Float64Array {
  const { d } = condition;
  const off: Float64Array[] = [new Float64Array(d)];
  const blocks: Sums[] = [];
  const fits: Sums[] = [];
  return Float64Array.from(models, ({ shares, move }, i) => {
    const lower = bartlett(d, blockItems[i], stream);
    const gram = outer(lower, d);
    const sd = Math.sqrt(noiseVariance(condition, i + 1));
    const push = multiplyLower(lower, stream.normals(new Float64Array(d)), d);
    const carried = multiplySymmetric(gram, off[i], d);
    blocks.push({ gram, right: carried.map((value, j) => value + sd * push[j]) });
    // The sums of the model that this one moves from, if it keeps that model's blocks.
    const kept = move && shares.length > 1 ? fits[move.from - 1] : undefined;
    const added = kept ? shares.slice(-1) : shares;
    const sums = sumOf([...(kept ? [kept] : []), ...added.map(({ block }) => blocks[block - 1])]);
    fits.push(sums);
    const factor = cholesky(sums.gram, d);
    if (!factor) throw new Error("A sum of Wishart matrices is not positive definite.");
    const u = solveCholesky(factor, sums.right, d);
    off.push(u);
    return squaredNorm(u);
  });
}

/** X'X (lower half) and X'(y − X w*) of some rows. */
interface Sums {
  readonly gram: Float64Array;
  readonly right: Float64Array;
}

function sumOf(parts: readonly Sums[]): Sums {
  const gram = parts[0].gram.slice();
  const right = parts[0].right.slice();
  for (const part of parts.slice(1)) {
    for (let i = 0; i < gram.length; i++) gram[i] += part.gram[i];
    for (let i = 0; i < right.length; i++) right[i] += part.right[i];
  }
  return { gram, right };
}

/** Lower triangular L with LL' ~ Wishart(I_d, T): χ_{T−j} on the diagonal, normals below. T ≥ d. */
export function bartlett(d: number, T: number, stream: Stream): Float64Array {
  const lower = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) lower[i * d + j] = stream.normal();
    lower[i * d + i] = Math.sqrt(stream.chiSquare(T - i));
  }
  return lower;
}

/** The lower half of LL'. */
function outer(lower: Float64Array, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[i * d + k] * lower[j * d + k];
      gram[i * d + j] = sum;
    }
  }
  return gram;
}

function squaredNorm(u: Float64Array): number {
  let sum = 0;
  for (const value of u) sum += value * value;
  return sum;
}
