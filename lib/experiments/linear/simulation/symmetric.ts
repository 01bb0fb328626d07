/** Cholesky factor of a symmetric d × d matrix (row-major, lower half read), or undefined. */
export function cholesky(matrix: Float64Array, d: number): Float64Array | undefined {
  const lower = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * d + j];
      for (let k = 0; k < j; k++) sum -= lower[i * d + k] * lower[j * d + k];
      if (i !== j) lower[i * d + j] = sum / lower[j * d + j];
      else if (sum > 1e-13 * matrix[i * d + i]) lower[i * d + i] = Math.sqrt(sum);
      else return undefined; // numerically singular
    }
  }
  return lower;
}

/** (LL')⁻¹ b. */
export function solveCholesky(lower: Float64Array, b: Float64Array, d: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * d + k] * x[k];
    x[i] /= lower[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i] -= lower[k * d + i] * x[k];
    x[i] /= lower[i * d + i];
  }
  return x;
}

/** L z. */
export function multiplyLower(lower: Float64Array, z: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d);
  for (let i = 0; i < d; i++) for (let k = 0; k <= i; k++) out[i] += lower[i * d + k] * z[k];
  return out;
}

/** A x for a symmetric A of which the lower half is read. */
export function multiplySymmetric(matrix: Float64Array, x: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) out[i] += matrix[Math.max(i, j) * d + Math.min(i, j)] * x[j];
  return out;
}
