import type { Stream } from "../../../random/stream";
import { noiseOf, requireSetting, type Setting } from "./setting";
import { cholesky, multiplyLower, solveCholesky } from "./symmetric";

/**
 * Replace (`rows` = T) or Replace-Multiple (`rows` = nT) with a new X every round: X⁺E has the
 * multivariate t law σ z/χ with z ~ N(0, I_d) and rows − d + 1 degrees of freedom (Hotelling), so a
 * round costs O(d).
 */
export function freshReplaceErrors(
  rows: (n: number) => number,
  setting: Setting,
  stream: Stream,
): Float64Array {
  requireSetting(setting);
  const { d, iterations } = setting;
  const u = new Float64Array(d);
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const scale = noiseOf(setting, n) / Math.sqrt(stream.chiSquare(rows(n) - d + 1));
    for (let j = 0; j < d; j++) u[j] += scale * stream.normal();
    errors[n - 1] = squaredNorm(u);
  }
  return errors;
}

/**
 * Accumulate with a new X every round: with S_n = Σ_{i≤n} X_i'X_i,
 * w_n = w_{n−1} + S_n⁻¹ X_n'E_n. X_n'X_n ~ Wishart(I, T) is drawn by Bartlett's factor L_n and
 * X_n'E_n = σ L_n z, so a round costs O(d³), whatever T.
 */
export function freshAccumulateErrors(setting: Setting, stream: Stream): Float64Array {
  requireSetting(setting);
  const { d, T, iterations } = setting;
  const u = new Float64Array(d);
  const gram = new Float64Array(d * d);
  const z = new Float64Array(d);
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const lower = bartlett(d, T, stream);
    addOuter(gram, lower, d);
    const push = multiplyLower(lower, stream.normals(z), d);
    const factor = cholesky(gram, d);
    if (!factor) throw new Error("A sum of Wishart matrices is not positive definite.");
    const move = solveCholesky(factor, push, d);
    const sd = noiseOf(setting, n);
    for (let j = 0; j < d; j++) u[j] += sd * move[j];
    errors[n - 1] = squaredNorm(u);
  }
  return errors;
}

/** Lower triangular L with LL' ~ Wishart(I_d, T): χ_{T−j} on the diagonal, normals below. */
export function bartlett(d: number, T: number, stream: Stream): Float64Array {
  const lower = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) lower[i * d + j] = stream.normal();
    lower[i * d + i] = Math.sqrt(stream.chiSquare(T - i));
  }
  return lower;
}

/** gram += LL'. */
function addOuter(gram: Float64Array, lower: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[i * d + k] * lower[j * d + k];
      gram[i * d + j] += sum;
    }
  }
}

function squaredNorm(u: Float64Array): number {
  let sum = 0;
  for (const value of u) sum += value * value;
  return sum;
}
