import { UserError } from "../errors";
import { END_OF_TEXT, END_OF_TEXT_ID } from "./alphabet";
import type { Merge } from "./merge";
import { Tokenizer } from "./tokenizer";
import { parseTokenizerFile, type TokenizerFile, tokensById } from "./tokenizerFile";

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

/**
 * Reads a tokenizer.json with GPT-2's byte-level BPE and `<|endoftext|>` as id 0 and only added
 * token. Merges may be pairs or, as in older files, strings "left right".
 * @param where - the file's name, for messages
 * @throws UserError when the file is damaged or has a setting that this tokenizer would encode
 * differently
 */
export function fromTokenizerJson(text: string, where: string): Tokenizer {
  const file = parseTokenizerFile(text, where);
  const { id } = file.added_tokens[0];
  if (id !== END_OF_TEXT_ID)
    throw new UserError(
      `${where}: ${END_OF_TEXT} has the id ${id}, not ${END_OF_TEXT_ID}. Import the model that it belongs to (importCheckpoint), which gives the tokens other ids.`,
    );
  return tokenizerOf(file.model.merges, tokensById(file, where), where);
}

/**
 * Reads a tokenizer.json in which `<|endoftext|>` may have any id, and gives it the id 0; the others
 * keep their order.
 * @returns the tokenizer, and the id in the file of each of its tokens
 * @throws UserError as {@link fromTokenizerJson}
 */
export function reorderedTokenizer(
  text: string,
  where: string,
): { tokenizer: Tokenizer; ids: Int32Array } {
  const file = parseTokenizerFile(text, where);
  const tokens = tokensById(file, where);
  const { id } = file.added_tokens[0];
  const ids = Int32Array.from([id, ...[...tokens.keys()].filter((k) => k !== id)]);
  const reordered = Array.from(ids, (old) => tokens[old]);
  return { tokenizer: tokenizerOf(file.model.merges, reordered, where), ids };
}

function tokenizerOf(
  merges: TokenizerFile["model"]["merges"],
  tokens: readonly string[],
  where: string,
): Tokenizer {
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
