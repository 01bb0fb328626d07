// Products of matrices, both float32 or both bfloat16; sums are float32, and the result has the type of
// the factors. Names follow BLAS: N is a factor as it is, T a transposed one (never formed).

import { attribute, FLOAT, run } from "./kernel";
import type { Tensor } from "./load";

const single = (a: boolean, b: boolean) => [
  ...FLOAT,
  attribute.bool("transpose_a", a),
  attribute.bool("transpose_b", b),
];
const SINGLE = { NN: single(false, false), NT: single(false, true), TN: single(true, false) };

const batched = (a: boolean, b: boolean) => [
  ...FLOAT,
  attribute.bool("adj_x", a),
  attribute.bool("adj_y", b),
];
const BATCHED = { NN: batched(false, false), NT: batched(false, true), TN: batched(true, false) };

/** A·B. */
export const matmul = (a: Tensor, b: Tensor): Tensor => run("MatMul", SINGLE.NN, a, b);
/** A·Bᵀ. */
export const matmulNT = (a: Tensor, b: Tensor): Tensor => run("MatMul", SINGLE.NT, a, b);
/** Aᵀ·B. */
export const matmulTN = (a: Tensor, b: Tensor): Tensor => run("MatMul", SINGLE.TN, a, b);

/** A·B for every matrix of a batch: [..., m, k] × [..., k, n]. */
export const batchMatmul = (a: Tensor, b: Tensor): Tensor => run("BatchMatMulV2", BATCHED.NN, a, b);
/** A·Bᵀ for every matrix of a batch: [..., m, k] × [..., n, k]. */
export const batchMatmulNT = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", BATCHED.NT, a, b);
/** Aᵀ·B for every matrix of a batch: [..., k, m] × [..., k, n]. */
export const batchMatmulTN = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", BATCHED.TN, a, b);
