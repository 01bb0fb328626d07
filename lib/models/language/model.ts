import type { AttentionCache } from "../../engine/fused/cachedAttention";
import type { GradientOptions, GradientsOf } from "../../engine/gradients";
import type { ParameterInfo } from "../../engine/initialise";
import type { Tensor } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import type { LanguageModelConfig } from "./config";
import type { Packed } from "./packed";

export interface LanguageGradientOptions extends GradientOptions {
  /** Rows that pass through the network together, which bounds memory. Default: 512. */
  readonly rows?: number;
}

/**
 * A decoder-only transformer. Parameters have Hugging Face's names and shapes, so that weights can
 * be exchanged with `transformers` unchanged. Batches come from `pack`, which refuses what they
 * cannot hold.
 */
export interface LanguageModel extends ParameterInfo {
  readonly config: LanguageModelConfig;
  /** Mean cross-entropy of all targets in nats, and its gradients. */
  readonly gradients: GradientsOf<Packed, number, LanguageGradientOptions>;
  /** Cross-entropy of each target in nats, [N]. */
  losses(values: Values, batch: Packed): Float32Array;
  /** [N, V]: row i scores the token after inputs[i]. */
  logits(values: Values, batch: Pick<Packed, "inputs" | "offsets">): Tensor;
  /**
   * The values in the types that products take them in, for {@link step}: matrices are rounded once
   * instead of in every step. The caller disposes of them.
   */
  cast(values: Values): Values;
  /** An empty cache for sequences; the caller disposes of it. */
  cache(sequences: number): AttentionCache;
  /**
   * Advances all sequences of a cache by one token.
   * @param values as {@link cast} returns them
   * @param tokens the next token of each sequence, [B]
   * @returns logits [B, V] of the token after it; the cache then holds this one too
   */
  step(values: Values, tokens: Int32Array, cache: AttentionCache): Tensor;
}
