import type { Fused } from "../../engine/fused/fused";
import type { Graph, Node } from "../../engine/graph";
import type { LanguageModelConfig } from "./config";

/** How a parameter begins: normal around 0 with a deviation, or one number everywhere. */
export type Initial = { readonly shape: readonly number[] } & (
  | { readonly deviation: number }
  | { readonly constant: number }
);

/** Tokens that pass through the network together, one a row. */
export interface Rows {
  /** [N]. */
  readonly inputs: Int32Array;
  /** Of each in its sequence, from 0, [N]. */
  readonly positions: Int32Array;
  /** How the rows of a layer hear each other: inputs (Q, K, V), each [N, d], output [N, d]. */
  attention(layer: number): Fused;
}

/** What tells one family of transformers from another. */
export interface Architecture {
  /** By Hugging Face's names. */
  parameters(config: LanguageModelConfig): Readonly<Record<string, Initial>>;
  /** Name of the table [V, d] that turns hidden states into scores. */
  readonly head: string;
  /** Hidden states [N, d] after the last norm. */
  hidden(
    config: LanguageModelConfig,
    graph: Graph,
    parameter: (name: string) => Node,
    rows: Rows,
  ): Node;
}
