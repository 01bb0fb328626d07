import { pseudoInverseSolve } from "./pseudoInverse";
import { solveByQr } from "./qr";

/** T rows of d inputs. */
export interface Design {
  /** T × d values, row-major. */
  readonly x: Float64Array;
  readonly d: number;
}

/**
 * w = pinv(X) y: by Householder QR where X has full column rank, else the minimum-norm solution by
 * singular values (fewer items than dimensions, repeated rows). Float64.
 * @param y T labels
 */
export function leastSquares(design: Design, y: Float64Array): Float64Array {
  return solveByQr(design, y) ?? pseudoInverseSolve(design, y);
}

/** ŵ = (X'X/T + λ)⁻¹ X'y/T for λ > 0, as least squares with √(λT) I stacked under X. */
export function ridge({ x, d }: Design, y: Float64Array, lambda: number): Float64Array {
  const T = y.length;
  const stacked = new Float64Array((T + d) * d);
  stacked.set(x);
  for (let j = 0; j < d; j++) stacked[(T + j) * d + j] = Math.sqrt(lambda * T);
  const labels = new Float64Array(T + d);
  labels.set(y);
  return leastSquares({ x: stacked, d }, labels);
}

/** X w, T values. */
export function predict({ x, d }: Design, w: ArrayLike<number>): Float64Array {
  const y = new Float64Array(x.length / d);
  for (let t = 0; t < y.length; t++) {
    for (let j = 0; j < d; j++) y[t] += x[t * d + j] * w[j];
  }
  return y;
}
