import { toTypeOf } from "./bfloat16";
import { int32Vector } from "./constants";
import { attribute, FLOAT, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";

export const add = (a: Tensor, b: Tensor): Tensor => run("AddV2", FLOAT, a, b);
export const subtract = (a: Tensor, b: Tensor): Tensor => run("Sub", FLOAT, a, b);
export const multiply = (a: Tensor, b: Tensor): Tensor => run("Mul", FLOAT, a, b);
export const exponential = (x: Tensor): Tensor => run("Exp", FLOAT, x);
export const sigmoid = (x: Tensor): Tensor => run("Sigmoid", FLOAT, x);
/** dy · s(1 − s) for the output s of a sigmoid. */
export const sigmoidGradient = (s: Tensor, dy: Tensor): Tensor => run("SigmoidGrad", FLOAT, s, dy);
/** log(1 + eˣ), stable on both sides. */
export const softplus = (x: Tensor): Tensor => run("Softplus", FLOAT, x);
export const relu = (x: Tensor): Tensor => run("Relu", FLOAT, x);
/** dy where the rectified output y is positive, 0 elsewhere. */
export const reluGradient = (dy: Tensor, y: Tensor): Tensor => run("ReluGrad", FLOAT, dy, y);
export const tanh = (x: Tensor): Tensor => run("Tanh", FLOAT, x);
/** dy · (1 − y²) for the output y of tanh. */
export const tanhGradient = (y: Tensor, dy: Tensor): Tensor => run("TanhGrad", FLOAT, y, dy);

/** Slope of {@link leakyRelu} below 0, as PyTorch's default. */
const LEAK = [attribute.float("alpha", 0.01), ...FLOAT];
export const leakyRelu = (x: Tensor): Tensor => run("LeakyRelu", LEAK, x);
/** dy where the output y is positive, 0.01 dy elsewhere. */
export const leakyReluGradient = (dy: Tensor, y: Tensor): Tensor =>
  run("LeakyReluGrad", LEAK, dy, y);

const SUM = [attribute.bool("keep_dims", false), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

/** Sum over all elements, a scalar. */
export const total = (x: Tensor): Tensor =>
  run("Sum", SUM, x, int32Vector(x.shape.map((_, axis) => axis)));

/** Multiplies by a scalar that is not worth caching. */
export function scale(x: Tensor, factor: number): Tensor {
  const { tf } = engine();
  return tf.tidy(() => multiply(x, toTypeOf(x, tf.scalar(factor))));
}
