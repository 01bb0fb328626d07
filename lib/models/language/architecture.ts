import type { Graph, Node } from "../../engine/graph";
import type { ParameterSpecs } from "../../engine/initialise";
import type { Operation } from "../../engine/operation";
import type { LanguageModelConfig } from "./config";

/** Tokens that pass through the network together, one per row. */
export interface Rows {
  /** [N]. */
  readonly inputs: Int32Array;
  /** Of each in its sequence, from 0, [N]. */
  readonly positions: Int32Array;
  /** Self-attention of one layer: (Q, K, V) → output, each [N, d]. */
  attention(layer: number): Operation;
}

/** What distinguishes one family of transformers from another. */
export interface Architecture {
  /** By Hugging Face's names. */
  parameters(config: LanguageModelConfig): ParameterSpecs;
  /** Name of the table [V, d] that maps hidden states to logits. */
  readonly head: string;
  /** Names of the tables whose rows are looked up, which stay float32. */
  readonly embeddings: readonly string[];
  /** Hidden states [N, d] after the last norm. */
  hidden(
    config: LanguageModelConfig,
    graph: Graph,
    parameter: (name: string) => Node,
    rows: Rows,
  ): Node;
}
