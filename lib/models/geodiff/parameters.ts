import type { GeoDiffConfig } from "./config";

/** How a parameter begins: standard normal, uniform within ± a bound, or 0. */
export type Initial = { readonly shape: readonly number[] } & (
  | { readonly kind: "normal" }
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "zero" }
);

/** Rows of the tables of elements and of types of pairs; GeoDiff's have as many. */
const ROWS = 100;

/** The longest that a row of SchNet's table of elements may be. */
export const LONGEST_EMBEDDING = 10;

/** The table whose rows are kept short. */
export const LIMITED_TABLE = "encoder_global.embedding.weight";

/**
 * GeoDiff's parameters under the names of its PyTorch modules, weights of layers [outputs, inputs].
 * They begin as PyTorch's layers do; GeoDiff's second edge encoder, which it makes but never
 * calls, is left out.
 */
export function geoDiffParameters(config: GeoDiffConfig): Readonly<Record<string, Initial>> {
  const { width, interactions, layers } = config;
  const parameters: Record<string, Initial> = {};
  const table = (name: string) => {
    parameters[`${name}.weight`] = { shape: [ROWS, width], kind: "normal" };
  };
  const layer = (name: string, inputs: number, outputs: number) => {
    const bound = 1 / Math.sqrt(inputs);
    parameters[`${name}.weight`] = { shape: [outputs, inputs], kind: "uniform", bound };
    parameters[`${name}.bias`] = { shape: [outputs], kind: "uniform", bound };
  };
  /** Uniform after Glorot & Bengio (2010). */
  const glorot = (name: string) => {
    const bound = Math.sqrt(6 / (2 * width));
    parameters[`${name}.weight`] = { shape: [width, width], kind: "uniform", bound };
  };
  const head = (name: string) => {
    layer(`${name}.layers.0`, 2 * width, width);
    layer(`${name}.layers.1`, width, width / 2);
    layer(`${name}.layers.2`, width / 2, 1);
  };

  table("edge_encoder_global.bond_emb");
  layer("edge_encoder_global.mlp.layers.0", 1, width);
  layer("edge_encoder_global.mlp.layers.1", width, width);
  table("encoder_global.embedding");
  for (let i = 0; i < interactions; i++) {
    const name = `encoder_global.interactions.${i}`;
    layer(`${name}.conv.nn.0`, width, width);
    layer(`${name}.conv.nn.2`, width, width);
    glorot(`${name}.conv.lin1`);
    glorot(`${name}.conv.lin2`);
    parameters[`${name}.conv.lin2.bias`] = { shape: [width], kind: "zero" };
    layer(`${name}.lin`, width, width);
  }
  head("grad_global_dist_mlp");
  table("encoder_local.node_emb");
  for (let i = 0; i < layers; i++)
    for (const k of [0, 1]) layer(`encoder_local.convs.${i}.nn.layers.${k}`, width, width);
  head("grad_local_dist_mlp");
  return parameters;
}

/** Which of GeoDiff's two optimisers a parameter belongs to: the edge encoder to the global one. */
export const branchOf = (name: string): "global" | "local" =>
  /^(encoder_local|grad_local)/.test(name) ? "local" : "global";

/** Number of all parameters. */
export const parameterCount = (config: GeoDiffConfig): number =>
  Object.values(geoDiffParameters(config)).reduce(
    (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
    0,
  );
