import { total } from "./elementwise";
import { attribute, FLOAT, run } from "./kernel";
import type { Tensor } from "./load";
import { tidy } from "./tidy";

const PLAIN = transposing(false, false);
const SECOND = transposing(false, true);
const FIRST = transposing(true, false);

function transposing(a: boolean, b: boolean) {
  return [...FLOAT, attribute.bool("transpose_a", a), attribute.bool("transpose_b", b)];
}

/** A·B for matrices. */
export const matMul = (a: Tensor, b: Tensor): Tensor => run("MatMul", PLAIN, a, b);
/** A·Bᵀ without forming the transpose. */
export const matMulTransposed = (a: Tensor, b: Tensor): Tensor => run("MatMul", SECOND, a, b);
/** Aᵀ·B without forming the transpose. */
export const transposedMatMul = (a: Tensor, b: Tensor): Tensor => run("MatMul", FIRST, a, b);

const CHANNELS_LAST = [...FLOAT, attribute.string("data_format", "NHWC")];

/** x + b over the last dimension. */
export const biasAdd = (x: Tensor, bias: Tensor): Tensor => run("BiasAdd", CHANNELS_LAST, x, bias);
/** Sum of dy over all but the last dimension. */
export function biasGradient(dy: Tensor): Tensor {
  // BiasAddGrad adds single channels one by one, Sum by vectors.
  return dy.shape[dy.rank - 1] === 1
    ? tidy(() => total(dy).reshape([1]))
    : run("BiasAddGrad", CHANNELS_LAST, dy);
}
