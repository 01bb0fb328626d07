import { UserError } from "../../errors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";

/** Not parameters: causal masks and rotary frequencies, which older versions of transformers stored. */
const BUFFERS = /(^|\.)(attn\.(bias|masked_bias)|rotary_emb\.inv_freq)$/;
const GPT2_PREFIX = "transformer.";
const EMBEDDING = `${GPT2_PREFIX}wte.weight`;
const HEAD = "lm_head.weight";

/**
 * Weights under the names that transformers gives them today. The hub's own GPT-2 checkpoints name
 * tensors without the prefix `transformer.`; some files also hold buffers, or a copy of the token
 * embedding as `lm_head.weight`.
 * @param source named in errors
 * @throws UserError when a GPT-2's `lm_head.weight` is not the embedding, since the two are tied
 */
export function canonicalWeights(
  family: LanguageModelConfig["family"],
  weights: Weights,
  source: string,
): Weights {
  const parameters = Object.entries(weights).filter(([name]) => !BUFFERS.test(name));
  if (family !== "gpt2") return Object.fromEntries(parameters);
  const prefixed = parameters.map(
    ([name, tensor]) =>
      [/^(wte|wpe|h|ln_f)\./.test(name) ? GPT2_PREFIX + name : name, tensor] as const,
  );
  const { [HEAD]: head, ...rest } = Object.fromEntries(prefixed);
  const embedding = rest[EMBEDDING];
  if (head && embedding && !sameNumbers(head.data, embedding.data))
    throw new UserError(
      `${source} has a ${HEAD} that differs from the token embedding; GPT-2 ties the two. ` +
        "Save the model again with tie_word_embeddings.",
    );
  return rest;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);
}
