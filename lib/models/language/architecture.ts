import type { Graph, Node } from "../../engine/graph";
import type { LanguageModelConfig } from "./config";
import type { Packed } from "./packed";

/** How a parameter begins: normal around 0 with a deviation, or one number everywhere. */
export type Initial = { readonly shape: readonly number[] } & (
  | { readonly deviation: number }
  | { readonly constant: number }
);

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
    batch: Pick<Packed, "inputs" | "offsets">,
  ): Node;
}
