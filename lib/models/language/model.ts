import type { Values } from "../../engine/fused/sequence";
import type { Tensor } from "../../engine/load";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../task/weights";
import type { LanguageModelConfig } from "./config";
import type { Packed } from "./packed";

/**
 * A decoder-only transformer. Parameters carry Hugging Face's names and shapes, so that weights go
 * to and from `transformers` as they are.
 */
export interface LanguageModel {
  readonly config: LanguageModelConfig;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameterCount: number;
  /** Fresh parameters from the stream. */
  initial(stream: Stream): Weights;
  /**
   * Mean cross-entropy of all targets in nats, and its gradient for every parameter. Call it
   * inside `tidy`.
   */
  gradients(
    values: Values,
    batch: Packed,
  ): { readonly loss: number; readonly gradients: Record<string, Tensor> };
  /** Nats of each target, [N]. */
  losses(values: Values, batch: Packed): Float32Array;
  /** [N, V]: row i scores the token after inputs[i]. */
  logits(values: Values, batch: Pick<Packed, "inputs" | "offsets">): Tensor;
  /**
   * One token further in several sequences at once, with the keys and values of what came before.
   * @param tokens the last token of each sequence, [B]
   * @param position of these tokens, from 0 (the same in all sequences)
   * @returns logits [B, V]; updates the cache, whose tensors the caller owns
   */
  step(values: Values, tokens: Int32Array, position: number, cache: Cache): Tensor;
}

/** Keys and values of all positions so far; made empty, filled by {@link LanguageModel.step}. */
export interface Cache {
  /** Of each layer. */
  readonly layers: { keys?: Tensor; values?: Tensor }[];
  /** Keeps the sequences `rows` (indices into the present ones), in that order. */
  keep(rows: Int32Array): void;
  dispose(): void;
}
