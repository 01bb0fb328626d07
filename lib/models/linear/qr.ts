import type { Design } from "./leastSquares";

/**
 * Least squares by Householder reflections. Undefined if X has not clearly full column rank, that
 * is if a diagonal entry of R is below 10⁻¹² of the largest.
 */
export function solveByQr({ x, d }: Design, y: Float64Array): Float64Array | undefined {
  const T = y.length;
  if (T < d) return undefined;
  // Column-major copy with the labels as column d: every reflection runs along contiguous memory.
  const columns = Array.from({ length: d + 1 }, (_, j) => {
    const column = new Float64Array(T);
    for (let t = 0; t < T; t++) column[t] = j < d ? x[t * d + j] : y[t];
    return column;
  });
  const diagonal = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    diagonal[k] = reflect(columns, k);
    if (diagonal[k] === 0) return undefined;
  }
  const sizes = diagonal.map(Math.abs);
  if (Math.min(...sizes) < 1e-12 * Math.max(...sizes)) return undefined;
  const w = new Float64Array(d);
  for (let k = d - 1; k >= 0; k--) {
    let sum = columns[d][k];
    for (let j = k + 1; j < d; j++) sum -= columns[j][k] * w[j];
    w[k] = sum / diagonal[k];
  }
  return w;
}

/** Maps column k onto ±‖·‖ e_k from row k on, the columns after it along; returns that entry of R. */
function reflect(columns: readonly Float64Array[], k: number): number {
  const v = columns[k];
  let square = 0;
  for (let t = k; t < v.length; t++) square += v[t] * v[t];
  if (square === 0) return 0;
  const r = v[k] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const half = r * (r - v[k]); // v'v/2 once v[k] −= r
  v[k] -= r;
  for (let j = k + 1; j < columns.length; j++) {
    const c = columns[j];
    let dot = 0;
    for (let t = k; t < v.length; t++) dot += v[t] * c[t];
    const scale = dot / half;
    for (let t = k; t < v.length; t++) c[t] -= scale * v[t];
  }
  return r;
}
