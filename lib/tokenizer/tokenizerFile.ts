import { z } from "zod";
import { messageOf, UserError } from "../errors";
import { BASE_TOKENS, bytesOf, END_OF_TEXT, MOST_TOKENS } from "./alphabet";

/** A field that must be absent, null or false, because it would change the encoding. */
const off = z.union([z.null(), z.literal([false, 0, ""])], { error: "must be off" }).optional();

/** Adds nothing to a text, or `<|endoftext|>` around it, which every model here gets anyway. */
const template = z.object({
  type: z.literal("TemplateProcessing"),
  single: z.array(
    z.union([
      z.object({ Sequence: z.object({ id: z.literal("A") }) }),
      z.object({ SpecialToken: z.object({ id: z.literal(END_OF_TEXT) }) }),
    ]),
  ),
});

const byteLevel = z.object({ type: z.literal("ByteLevel") });
// A map, because zod's records drop the key "__proto__", which may be a token like any other.
const vocab = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? new Map(Object.entries(value)) : value),
  z.map(z.string(), z.int().nonnegative()),
);
// Only the first issue is reported, so the model comes first.
const schema = z.object({
  model: z.object({
    // Files of the first versions of the library do not name it.
    type: z.literal("BPE").optional(),
    dropout: off,
    continuing_subword_prefix: off,
    end_of_word_suffix: off,
    ignore_merges: off,
    vocab,
    merges: z.array(
      z.union([z.tuple([z.string(), z.string()]), z.string()], {
        error: "must name two tokens",
      }),
    ),
  }),
  truncation: off,
  // Batches alone are padded to their longest text, as transformers saves it once it has padded one.
  padding: z.union([off, z.object({ strategy: z.literal("BatchLongest") })], {
    error: "must be off, or to the longest of a batch",
  }),
  normalizer: off,
  added_tokens: z.tuple([
    z.object({
      id: z.int().nonnegative(),
      content: z.literal(END_OF_TEXT),
      single_word: off,
      lstrip: off,
      rstrip: off,
    }),
  ]),
  pre_tokenizer: byteLevel.extend({
    add_prefix_space: z.literal(false),
    use_regex: z.literal(true).optional(),
  }),
  post_processor: z
    .discriminatedUnion("type", [byteLevel, template], { error: "is of another kind" })
    .nullish(),
  decoder: byteLevel,
});

/** A tokenizer.json with byte-level BPE, checked for what would change the encoding. */
export type TokenizerFile = z.infer<typeof schema>;

/** @throws UserError when it is damaged or another kind of tokenizer */
export function parseTokenizerFile(text: string, where: string): TokenizerFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${where} is not a tokenizer.json: ${messageOf(error)}.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new UserError(
    `${where} is not a byte-level BPE tokenizer with ${END_OF_TEXT} as its only added token: ` +
      `${path.length > 0 ? `"${path.join(".")}": ` : ""}${message}.`,
  );
}

/**
 * The tokens in the order of their ids.
 * @throws UserError when they are too many, ids have gaps, or a byte has no token
 */
export function tokensById({ model, added_tokens }: TokenizerFile, where: string): string[] {
  const [{ id: endOfText }] = added_tokens;
  // It may be among the added tokens alone.
  const vocab = model.vocab.has(END_OF_TEXT)
    ? model.vocab
    : new Map([...model.vocab, [END_OF_TEXT, endOfText]]);
  if (vocab.size > MOST_TOKENS)
    throw new UserError(
      `${where} has ${vocab.size} tokens; at most ${MOST_TOKENS} fit the ids, which are uint16.`,
    );
  const tokens: string[] = [];
  for (const [token, id] of vocab) {
    if (tokens[id] !== undefined)
      throw new UserError(
        `${where}: the tokens "${tokens[id]}" and "${token}" share the id ${id}.`,
      );
    if (id >= vocab.size)
      throw new UserError(
        `${where}: the token "${token}" has the id ${id}, but with ${vocab.size} tokens ` +
          `the ids must be 0 to ${vocab.size - 1}.`,
      );
    if (token !== END_OF_TEXT && !bytesOf(token)?.length)
      throw new UserError(
        `${where}: the token "${token}" has characters outside the byte alphabet.`,
      );
    tokens[id] = token;
  }
  for (const token of BASE_TOKENS)
    if (!vocab.has(token))
      throw new UserError(`${where}: the vocabulary lacks the token "${token}".`);
  if (vocab.get(END_OF_TEXT) !== endOfText)
    throw new UserError(
      `${where}: ${END_OF_TEXT} has the id ${vocab.get(END_OF_TEXT)} in the vocabulary, not ${endOfText}.`,
    );
  return tokens;
}
