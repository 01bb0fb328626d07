import type { Graph, Node } from "../../engine/graph";
import { fanIn, type ParameterSpec } from "../../engine/initialise";
import type { Operation } from "../../engine/operation";

/** A layer's operation, and the name before `.weight` and `.bias` of its parameters. */
export interface Layer {
  readonly name: string;
  readonly operation: Operation;
}

/** What a (transposed) convolution or linear layer is made of. */
export interface LayerOptions extends Layer {
  /** Of its weights. */
  readonly shape: readonly number[];
  /** Fan-in, which bounds the initial values as PyTorch's default does. */
  readonly inputs: number;
  readonly outputs: number;
}

/** A layer whose weights and biases are added to a network's parameters. */
export function addLayer(
  parameters: Record<string, ParameterSpec>,
  { name, operation, shape, inputs, outputs }: LayerOptions,
): Layer {
  parameters[`${name}.weight`] = { shape, initial: fanIn(inputs) };
  parameters[`${name}.bias`] = { shape: [outputs], initial: fanIn(inputs) };
  return { name, operation };
}

/** Applies a layer to x with its parameters. */
export const applyLayer = (
  graph: Graph,
  parameter: (name: string) => Node,
  x: Node,
  { name, operation }: Layer,
): Node => graph.apply(operation, x, parameter(`${name}.weight`), parameter(`${name}.bias`));
