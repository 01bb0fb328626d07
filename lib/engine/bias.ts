import { total } from "./elementwise";
import { attribute, FLOAT, run } from "./kernel";
import type { Tensor } from "./load";
import { tidy } from "./tidy";

const CHANNELS_LAST = [...FLOAT, attribute.string("data_format", "NHWC")];

/** x + b over the last dimension. */
export const biasAdd = (x: Tensor, bias: Tensor): Tensor => run("BiasAdd", CHANNELS_LAST, x, bias);

/** Sum of dy over all but the last dimension: the gradient of a bias. */
export function biasGradient(dy: Tensor): Tensor {
  // BiasAddGrad is not vectorised for a single channel; Sum is.
  return dy.shape[dy.rank - 1] === 1
    ? tidy(() => total(dy).reshape([1]))
    : run("BiasAddGrad", CHANNELS_LAST, dy);
}
