import { relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";

/** What stands behind the bias of a fused layer. */
export type Activation = "relu" | "none";

/** Releases x where it is no longer the result, so that what comes next can reuse its memory. */
export function activate(x: Tensor, activation: Activation): Tensor {
  return activation === "relu" ? replaced(x, relu) : x;
}

/** change(x), without x. */
export function replaced(x: Tensor, change: (x: Tensor) => Tensor): Tensor {
  const result = change(x);
  x.dispose();
  return result;
}

/** What the backward pass needs of the output. */
export const keptOutput = (y: Tensor, activation: Activation): Tensor[] =>
  activation === "relu" ? [y] : [];

/** Gradient in front of the activation, from its output alone. */
export const activationGradient = (
  dy: Tensor,
  y: Tensor | undefined,
  activation: Activation,
): Tensor => (activation === "relu" ? reluGradient(dy, y!) : dy);
