// Products of matrices. Names follow BLAS: N is a factor as it is, T a transposed one (never formed).

import { attribute, FLOAT, run } from "./kernel";
import { precision, type Tensor } from "./load";

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

/**
 * A product of weights and activations. With precision "bfloat16" the factors are rounded to
 * bfloat16 and the sums kept in float32, which processors with matrix units do several times
 * faster. TensorFlow passes MatMul to a routine that knows float32 only, BatchMatMulV2 to oneDNN.
 */
const product = (form: keyof typeof SINGLE, a: Tensor, b: Tensor): Tensor =>
  precision() === "bfloat16"
    ? run("BatchMatMulV2", BATCHED[form], a, b)
    : run("MatMul", SINGLE[form], a, b);

/** A·B in the engine's precision. */
export const matmul = (a: Tensor, b: Tensor): Tensor => product("NN", a, b);
/** A·Bᵀ in the engine's precision. */
export const matmulNT = (a: Tensor, b: Tensor): Tensor => product("NT", a, b);
/** Aᵀ·B in the engine's precision. */
export const matmulTN = (a: Tensor, b: Tensor): Tensor => product("TN", a, b);

/** A·B in float32, whatever the engine's precision. */
export const float32Matmul = (a: Tensor, b: Tensor): Tensor => run("MatMul", SINGLE.NN, a, b);
/** Aᵀ·B in float32, whatever the engine's precision. */
export const float32MatmulTN = (a: Tensor, b: Tensor): Tensor => run("MatMul", SINGLE.TN, a, b);

/** A·B for every matrix of a batch: [..., m, k] × [..., k, n]. */
export const batchMatmul = (a: Tensor, b: Tensor): Tensor => run("BatchMatMulV2", BATCHED.NN, a, b);
/** A·Bᵀ for every matrix of a batch: [..., m, k] × [..., n, k]. */
export const batchMatmulNT = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", BATCHED.NT, a, b);
/** Aᵀ·B for every matrix of a batch: [..., k, m] × [..., k, n]. */
export const batchMatmulTN = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", BATCHED.TN, a, b);
