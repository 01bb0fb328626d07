import { Matrix } from "ml-matrix";

/** Mean [k] and covariance [k, k] of a distribution. */
export interface Moments {
  readonly mean: readonly number[];
  readonly covariance: Matrix;
}

/** Mean and covariance (divided by n − 1) of the rows of a matrix [n, k], n at least 2. */
export function momentsOf(rows: Float32Array, k: number): Moments {
  const n = rows.length / k;
  const values = Matrix.from1DArray(n, k, rows);
  const mean = values.mean("column");
  const centred = values.subRowVector(mean);
  return {
    mean,
    covariance: centred
      .transpose()
      .mmul(centred)
      .div(n - 1),
  };
}
