import { z } from "zod";
import { messageOf, UserError } from "../errors";
import { BASE_TOKENS, bytesOf, END_OF_TEXT, END_OF_TEXT_ID, MOST_TOKENS } from "./alphabet";
import type { Merge } from "./merge";
import { Tokenizer } from "./tokenizer";

const BYTE_LEVEL = { trim_offsets: true, use_regex: true } as const;
const END_TOKEN = {
  id: END_OF_TEXT_ID,
  content: END_OF_TEXT,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
} as const;
const MODEL = {
  type: "BPE",
  dropout: null,
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
} as const;

/**
 * Serialises a tokenizer as Hugging Face's tokenizer.json, byte for byte as `tokenizers` 0.23 saves
 * it; `tokenizers.Tokenizer.from_file` loads it. Encoding with it adds no `<|endoftext|>`.
 */
export function toTokenizerJson(tokenizer: Tokenizer): string {
  const { tokens, merges } = tokenizer;
  const text = JSON.stringify(
    {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: [END_TOKEN],
      normalizer: null,
      pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, ...BYTE_LEVEL },
      post_processor: null,
      decoder: { type: "ByteLevel", add_prefix_space: true, ...BYTE_LEVEL },
      model: {
        ...MODEL,
        vocab: null,
        merges: merges.map(({ left, right }) => [tokens[left], tokens[right]]),
      },
    },
    null,
    2,
  );
  // By hand, because an object would put the tokens "0", "1", … first.
  const vocab = tokens.map((token, id) => `      ${JSON.stringify(token)}: ${id}`);
  return text.replace('"vocab": null', () => `"vocab": {\n${vocab.join(",\n")}\n    }`);
}

/** A field that must be absent, null or false, because it would change the encoding. */
const off = z.union([z.null(), z.literal([false, 0, ""])], { error: "must be off" }).optional();

const byteLevel = z.object({ type: z.literal("ByteLevel") });
// A map, because zod's records drop the key "__proto__", which may be a token like any other.
const vocab = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? new Map(Object.entries(value)) : value),
  z.map(z.string(), z.int().nonnegative()),
);
// Only the first issue is reported, so the model comes first.
const schema = z.object({
  model: z.object({
    type: z.literal("BPE"),
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
  padding: off,
  normalizer: off,
  added_tokens: z.tuple([
    z.object({
      id: z.literal(END_OF_TEXT_ID),
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
  post_processor: byteLevel.nullish(),
  decoder: byteLevel,
});

/**
 * Reads a tokenizer.json with GPT-2's byte-level BPE and `<|endoftext|>` as id 0 and only added
 * token. Merges may be pairs or, as in older files, strings "left right".
 * @param where - the file's name, for messages
 * @throws UserError when the file is damaged or has a setting that this tokenizer would encode
 * differently
 */
export function fromTokenizerJson(text: string, where: string): Tokenizer {
  const { vocab, merges } = parseFile(text, where).model;
  const tokens = tokensById(vocab, where);
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return new Tokenizer(
    tokens,
    merges.map((merge, i): Merge => {
      const parts = typeof merge === "string" ? merge.split(" ") : merge;
      if (parts.length !== 2)
        throw new UserError(`${where}: merge ${i}, "${merge}", does not name two tokens.`);
      const [left, right, result] = [...parts, parts.join("")].map((token) => {
        const id = ids.get(token);
        if (id === undefined)
          throw new UserError(
            `${where}: merge ${i}, "${parts.join(" ")}", needs the token "${token}", ` +
              "which is not in the vocabulary.",
          );
        return id;
      });
      return { left, right, result };
    }),
  );
}

function parseFile(text: string, where: string): z.infer<typeof schema> {
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
    `${where} is not a byte-level BPE tokenizer with ${END_OF_TEXT} as token 0: ` +
      `${path.length > 0 ? `"${path.join(".")}": ` : ""}${message}.`,
  );
}

function tokensById(vocab: ReadonlyMap<string, number>, where: string): string[] {
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
  if (vocab.get(END_OF_TEXT) !== END_OF_TEXT_ID)
    throw new UserError(
      `${where}: ${END_OF_TEXT} has the id ${vocab.get(END_OF_TEXT)} in the vocabulary, not ${END_OF_TEXT_ID}.`,
    );
  return tokens;
}
