import { relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";

/** Activation after the bias. */
export type Activation = "relu" | "none";

/** The activation of x, which is released unless it is the result. */
export function activate(x: Tensor, activation: Activation): Tensor {
  return activation === "relu" ? replace(x, relu) : x;
}

/** operation(x); x is released, so that the next operation can reuse its memory. */
export function replace(x: Tensor, operation: (x: Tensor) => Tensor): Tensor {
  const result = operation(x);
  x.dispose();
  return result;
}

/** What the backward pass needs of the output. */
export const keptOutput = (y: Tensor, activation: Activation): Tensor[] =>
  activation === "relu" ? [y] : [];

/** Gradient with respect to the pre-activation, from the output. */
export const activationGradient = (
  dy: Tensor,
  y: Tensor | undefined,
  activation: Activation,
): Tensor => (activation === "relu" ? reluGradient(dy, y!) : dy);
