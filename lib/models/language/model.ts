import type { AttentionCache } from "../../engine/fused/cachedAttention";
import type { Tensor } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import type { Packed } from "./packed";

/** How a part of a larger batch is treated. */
export interface PartOptions {
  /**
   * Targets of the whole batch: losses and gradients of its parts then add up to those of the
   * batch. Default: N, those of this one.
   */
  readonly tokens?: number;
  /** Rows that pass through the network together, which bounds memory. Default: 512. */
  readonly rows?: number;
}

/**
 * A decoder-only transformer. Parameters carry Hugging Face's names and shapes, so that weights go
 * to and from `transformers` as they are. Batches come from `pack`, which refuses what they cannot
 * hold.
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
    options?: PartOptions,
  ): { readonly loss: number; readonly gradients: Record<string, Tensor> };
  /** Nats of each target, [N]. */
  losses(values: Values, batch: Packed): Float32Array;
  /** [N, V]: row i scores the token after inputs[i]. */
  logits(values: Values, batch: Pick<Packed, "inputs" | "offsets">): Tensor;
  /** For sequences that are still empty; the caller disposes of it. */
  cache(sequences: number): AttentionCache;
  /**
   * One token further in all sequences of a cache at once.
   * @param tokens the next token of each sequence, [B]
   * @returns logits [B, V] of the token after it; the cache then holds this one too
   */
  step(values: Values, tokens: Int32Array, cache: AttentionCache): Tensor;
}
