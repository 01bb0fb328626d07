import { Matrix, SVD } from "ml-matrix";
import type { Design } from "./leastSquares";

/** The minimum-norm least-squares solution by singular values; any shape, any rank. */
export function pseudoInverseSolve({ x, d }: Design, y: Float64Array): Float64Array {
  const X = Matrix.from1DArray(y.length, d, x);
  const svd = new SVD(X, { autoTranspose: true });
  return Float64Array.from(svd.solve(Matrix.columnVector(y)).to1DArray());
}
