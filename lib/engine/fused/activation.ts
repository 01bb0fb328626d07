import { leakyRelu, leakyReluGradient, relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";

const ACTIVATIONS = {
  relu: { forward: relu, gradient: reluGradient },
  "leaky-relu": { forward: leakyRelu, gradient: leakyReluGradient },
};

/** Activation after the bias. */
export type Activation = keyof typeof ACTIVATIONS | "none";

/** The activation of x, which is released unless it is the result. */
export function activate(x: Tensor, activation: Activation): Tensor {
  return activation === "none" ? x : replace(x, ACTIVATIONS[activation].forward);
}

/** operation(x); x is released unless it is the result, so that the next operation can reuse its memory. */
export function replace(x: Tensor, operation: (x: Tensor) => Tensor): Tensor {
  const result = operation(x);
  if (result !== x) x.dispose();
  return result;
}

/** What the backward pass needs of the output. */
export const keptOutput = (y: Tensor, activation: Activation): Tensor[] =>
  activation === "none" ? [] : [y];

/** Gradient with respect to the pre-activation, from the output. */
export const activationGradient = (
  dy: Tensor,
  y: Tensor | undefined,
  activation: Activation,
): Tensor => (activation === "none" ? dy : ACTIVATIONS[activation].gradient(dy, y!));
