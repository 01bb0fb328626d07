import { Matrix, pseudoInverse } from "ml-matrix";
import type { Stream } from "../../../random/stream";
import { type Condition, noiseVariance } from "../../../theory/regimes/condition";
import { cholesky, solveCholesky } from "./symmetric";
import { weightedGram } from "./weightedGram";

/**
 * Accumulate-Subsample with the same X, at several noise levels at once: T of the nT pooled rows,
 * drawn without replacement, at every iteration.
 *
 * There is no form free of T here: a subset of the stacked X repeats rows, and two rounds that draw
 * the same pooled row share its label noise. So the rows are kept, but only as residuals y − x·w*,
 * and the solve needs the normal equations alone: O(T d²) an iteration, not O(nT d²).
 * The conditions share X, w* and the subsets of a seed and have label noise of their own.
 * @param conditions of one d and T
 * @returns one path of test errors per condition
 */
export function subsamplePaths(
  conditions: readonly Condition[],
  iterations: number,
  stream: Stream,
): Float64Array[] {
  const { d, T } = conditions[0];
  const x = stream.at("design").normals(new Float64Array(T * d));
  const truth = stream.at("truth").normals(new Float64Array(d));
  const levels = conditions.map((condition, level) => ({
    condition,
    noise: stream.at("label-noise", level),
    residuals: new Float64Array(iterations * T),
    u: new Float64Array(d),
    sums: new Float64Array(T),
    errors: new Float64Array(iterations),
  }));
  const copies = new Float64Array(T);
  for (let n = 1; n <= iterations; n++) {
    for (const { condition, noise, residuals, u } of levels) {
      const sd = Math.sqrt(noiseVariance(condition, n));
      for (let t = 0; t < T; t++)
        residuals[(n - 1) * T + t] = dot(x, t * d, u) + sd * noise.normal();
    }
    const chosen = stream.at("view", n).subset(n * T, T);
    copies.fill(0);
    for (const i of chosen) copies[i % T]++;
    const gram = weightedGram(x, copies, d);
    const factor = cholesky(gram, d);
    for (const { residuals, u, sums, errors } of levels) {
      sums.fill(0);
      for (const i of chosen) sums[i % T] += residuals[i];
      const right = combine(x, sums, d);
      u.set(factor ? solveCholesky(factor, right, d) : minimumNorm(gram, right, truth));
      errors[n - 1] = dot(u, 0, u);
    }
  }
  return levels.map(({ errors }) => errors);
}

/** Σ_t s_t x_t. */
function combine(x: Float64Array, sums: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d);
  for (let t = 0; t < sums.length; t++)
    if (sums[t] !== 0) for (let j = 0; j < d; j++) out[j] += sums[t] * x[t * d + j];
  return out;
}

/** w − w* when the drawn rows do not span R^d: w = G⁺(G w* + right), which is where w* matters. */
function minimumNorm(gram: Float64Array, right: Float64Array, truth: Float64Array): Float64Array {
  const d = truth.length;
  const full = new Matrix(d, d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) full.set(i, j, gram[Math.max(i, j) * d + Math.min(i, j)]);
  const target = Matrix.columnVector(truth);
  const w = pseudoInverse(full, 1e-13).mmul(full.mmul(target).add(Matrix.columnVector(right)));
  return Float64Array.from(w.sub(target).to1DArray());
}

function dot(x: Float64Array, from: number, u: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += x[from + j] * u[j];
  return sum;
}
