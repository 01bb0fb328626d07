import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Rows } from "../../data/own/table/choose";
import { UserError } from "../../errors";
import { type Design, leastSquares, predict } from "../../models/linear/leastSquares";

/** File of the real data that holds a {@link RealFit}. */
export const REAL_FIT = "real-fit.json";

/** Least squares on the real training rows, from which every later round is measured. */
export interface RealFit {
  /** ŵ₁, d coefficients, the constant's first. */
  readonly w: readonly number[];
  /** σ̂² = RSS / (T − d), the unbiased estimate of the labels' noise. */
  readonly noise: number;
  /** Mean of x'(X'X)⁻¹x over the test rows: what noise of variance 1 in the labels adds to their error. */
  readonly leverage: number;
  /** Mean squared error of the training labels' mean on the test rows, the trivial model. */
  readonly meanError: number;
}

/** @throws UserError if the training rows do not determine the coefficients, or leave no noise */
export function realFit(train: Rows, test: Rows): RealFit {
  const d = train.x.length / train.y.length;
  const design: Design = { x: train.x, d };
  const T = train.y.length;
  const w = leastSquares(design, train.y);
  const noise = squares(predict(design, w), train.y) / (T - d);
  const X = Matrix.from1DArray(T, d, train.x);
  const cholesky = new CholeskyDecomposition(X.transpose().mmul(X));
  if (!cholesky.isPositiveDefinite() || !(noise > 1e-12))
    throw new UserError(
      `The ${T} training rows do not determine ${d} coefficients and their noise: a column is nearly constant or repeated among them. Leave rare columns out with --without.`,
    );
  const across = Matrix.from1DArray(test.y.length, d, test.x).transpose();
  const leverage = Matrix.mul(across, cholesky.solve(across)).sum() / test.y.length;
  const mean = train.y.reduce((a, b) => a + b, 0) / T;
  const meanError = squares(new Float64Array(test.y.length).fill(mean), test.y) / test.y.length;
  return { w: [...w], noise, leverage, meanError };
}

export function squares(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/** The fit that is kept beside the real data. */
export function storedFit(artefact: (file: string) => Uint8Array): RealFit {
  return JSON.parse(Buffer.from(artefact(REAL_FIT)).toString());
}
