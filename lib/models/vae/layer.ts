import type { Activation } from "../../engine/fused/activation";
import { linear } from "../../engine/fused/linear";
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

/** The linear layers from an encoder's features to μ | log σ² and from a latent to a decoder's features. */
export function addCodeLayers(
  parameters: Record<string, ParameterSpec>,
  { features, latent, activation }: CodeOptions,
): { readonly toCode: Layer; readonly fromLatent: Layer } {
  return {
    toCode: addLayer(parameters, {
      name: "fc",
      operation: linear({ layout: "in-out" }),
      shape: [features, 2 * latent],
      inputs: features,
      outputs: 2 * latent,
    }),
    fromLatent: addLayer(parameters, {
      name: "decoder_input",
      operation: linear({ layout: "in-out", activation }),
      shape: [latent, features],
      inputs: latent,
      outputs: features,
    }),
  };
}

interface CodeOptions {
  readonly features: number;
  readonly latent: number;
  /** After the layer from the latent. */
  readonly activation: Activation;
}

/** Applies a layer to x with its parameters. */
export const applyLayer = (
  graph: Graph,
  parameter: (name: string) => Node,
  x: Node,
  { name, operation }: Layer,
): Node => graph.apply(operation, x, parameter(`${name}.weight`), parameter(`${name}.bias`));
