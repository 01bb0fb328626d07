import {
  fanIn,
  type Initial,
  type ParameterSpec,
  type ParameterSpecs,
} from "../../engine/initialise";
import type { GeoDiffConfig } from "./config";

/** Rows of the embeddings of elements and of pair types; GeoDiff's have as many. */
const ROWS = 100;

/** SchNet's embedding of elements, whose rows are limited to this norm. */
export const ELEMENTS = { name: "encoder_global.embedding.weight", maxNorm: 10 } as const;

/**
 * GeoDiff's parameters under the names of its PyTorch modules, weights of layers [outputs, inputs].
 * They start as PyTorch's layers do. GeoDiff's second edge encoder, which it creates but never
 * calls, is left out.
 */
export function geoDiffParameters(config: GeoDiffConfig): ParameterSpecs {
  const { width, interactions, layers } = config;
  const parameters: Record<string, ParameterSpec> = {};
  const embedding = (name: string) => {
    const initial: Initial = { kind: "normal", deviation: 1 };
    const limit = name === ELEMENTS.name ? { maxNorm: ELEMENTS.maxNorm } : {};
    parameters[name] = { shape: [ROWS, width], initial, ...limit };
  };
  const layer = (name: string, inputs: number, outputs: number) => {
    parameters[`${name}.weight`] = { shape: [outputs, inputs], initial: fanIn(inputs) };
    parameters[`${name}.bias`] = { shape: [outputs], initial: fanIn(inputs) };
  };
  /** Uniform after Glorot & Bengio (2010). */
  const glorot = (name: string) => {
    const initial: Initial = { kind: "uniform", bound: Math.sqrt(6 / (2 * width)) };
    parameters[`${name}.weight`] = { shape: [width, width], initial };
  };
  const head = (name: string) => {
    layer(`${name}.layers.0`, 2 * width, width);
    layer(`${name}.layers.1`, width, width / 2);
    layer(`${name}.layers.2`, width / 2, 1);
  };

  embedding("edge_encoder_global.bond_emb.weight");
  layer("edge_encoder_global.mlp.layers.0", 1, width);
  layer("edge_encoder_global.mlp.layers.1", width, width);
  embedding(ELEMENTS.name);
  for (let i = 0; i < interactions; i++) {
    const name = `encoder_global.interactions.${i}`;
    layer(`${name}.conv.nn.0`, width, width);
    layer(`${name}.conv.nn.2`, width, width);
    glorot(`${name}.conv.lin1`);
    glorot(`${name}.conv.lin2`);
    parameters[`${name}.conv.lin2.bias`] = {
      shape: [width],
      initial: { kind: "constant", value: 0 },
    };
    layer(`${name}.lin`, width, width);
  }
  head("grad_global_dist_mlp");
  embedding("encoder_local.node_emb.weight");
  for (let i = 0; i < layers; i++)
    for (const k of [0, 1]) layer(`encoder_local.convs.${i}.nn.layers.${k}`, width, width);
  head("grad_local_dist_mlp");
  return parameters;
}

/** Which of GeoDiff's two optimisers a parameter belongs to: the edge encoder to the global one. */
export const branchOf = (name: string): "global" | "local" =>
  /^(encoder_local|grad_local)/.test(name) ? "local" : "global";
