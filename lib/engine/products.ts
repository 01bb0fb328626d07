// Products of matrices [rows, inner] × [inner, columns], where weights meet activations.
// In an engine of precision "bfloat16" their factors are rounded to bfloat16 and the sums kept in
// float32, which processors with matrix units do several times faster.

import { attribute, FLOAT, run } from "./kernel";
import { matMul, matMulTransposed, transposedMatMul } from "./linear";
import { precision, type Tensor } from "./load";

// TensorFlow hands MatMul to a routine that knows float32 only, BatchMatMulV2 to oneDNN's.
const batched = (adjointA: boolean, adjointB: boolean) => [
  ...FLOAT,
  attribute.bool("adj_x", adjointA),
  attribute.bool("adj_y", adjointB),
];
const PLAIN = batched(false, false);
const SECOND = batched(false, true);
const FIRST = batched(true, false);

const rounded = (): boolean => precision() === "bfloat16";

/** A·B. */
export const product = (a: Tensor, b: Tensor): Tensor =>
  rounded() ? batchProduct(a, b) : matMul(a, b);
/** A·Bᵀ without forming the transpose. */
export const productTransposed = (a: Tensor, b: Tensor): Tensor =>
  rounded() ? batchProductTransposed(a, b) : matMulTransposed(a, b);
/** Aᵀ·B without forming the transpose. */
export const transposedProduct = (a: Tensor, b: Tensor): Tensor =>
  rounded() ? batchTransposedProduct(a, b) : transposedMatMul(a, b);

/** A·B for every matrix of a batch: [..., m, k] × [..., k, n]. */
export const batchProduct = (a: Tensor, b: Tensor): Tensor => run("BatchMatMulV2", PLAIN, a, b);
/** A·Bᵀ for every matrix of a batch: [..., m, k] × [..., n, k]. */
export const batchProductTransposed = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", SECOND, a, b);
/** Aᵀ·B for every matrix of a batch: [..., k, m] × [..., k, n]. */
export const batchTransposedProduct = (a: Tensor, b: Tensor): Tensor =>
  run("BatchMatMulV2", FIRST, a, b);
