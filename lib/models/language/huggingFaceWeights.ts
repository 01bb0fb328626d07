import { UserError } from "../../errors";
import type { Weights } from "../../store/weights";
import type { LanguageModelConfig } from "./config";
import { languageModel } from "./index";

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

/**
 * Makes sure that weights are those of a model.
 * @param source named in errors: the file, or what the weights are
 * @throws UserError when a tensor is missing, unknown, not float32 or of another shape
 */
export function checkWeights(config: LanguageModelConfig, weights: Weights, source: string): void {
  const { shapes } = languageModel(config);
  const missing = Object.keys(shapes).filter((name) => !Object.hasOwn(weights, name));
  const unknown = Object.keys(weights).filter((name) => !Object.hasOwn(shapes, name));
  if (missing.length > 0)
    throw new UserError(
      `${source} lacks ${listNames(missing)}, which its config needs. Does the config belong to another model?`,
    );
  if (unknown.length > 0)
    throw new UserError(
      `${source} has ${listNames(unknown)}, which its config does not have. Does the config belong to another model?`,
    );
  for (const [name, shape] of Object.entries(shapes)) {
    const given = weights[name];
    if (!(given.data instanceof Float32Array))
      throw new UserError(`${source} has a tensor ${name} that is not float32.`);
    if (given.shape.length !== shape.length || given.shape.some((side, i) => side !== shape[i]))
      throw new UserError(
        `${source} has a tensor ${name} of shape [${given.shape}]; its config needs [${shape}].`,
      );
  }
}

/** `tensor a`, or `tensor a and 3 more`. */
function listNames(names: readonly string[]): string {
  return `tensor ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`;
}
