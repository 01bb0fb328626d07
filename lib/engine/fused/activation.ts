import { relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";

/** What stands behind the bias of a fused layer. */
export type Activation = "relu" | "none";

export const activate = (x: Tensor, activation: Activation): Tensor =>
  activation === "relu" ? relu(x) : x;

/** What the backward pass needs of the output. */
export const keptOutput = (y: Tensor, activation: Activation): Tensor[] =>
  activation === "relu" ? [y] : [];

/** Gradient in front of the activation, from its output alone. */
export const activationGradient = (
  dy: Tensor,
  y: Tensor | undefined,
  activation: Activation,
): Tensor => (activation === "relu" ? reluGradient(dy, y!) : dy);
