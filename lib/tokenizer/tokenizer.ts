import { UserError } from "../errors";
import { BASE_TOKENS, bytesOf, END_OF_TEXT, END_OF_TEXT_ID } from "./alphabet";
import { type Merge, MergeTable, mergeWord } from "./merge";
import { wordEnd } from "./words";

/** Words whose tokens are remembered; when full, all are forgotten. */
const CACHED_WORDS = 65_536;
/** Longer words, in UTF-16 units, are not remembered. */
const CACHED_LENGTH = 64;

const encoder = new TextEncoder();
// A byte order mark is text like any other here.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A byte-level BPE tokenizer: id 0 is `<|endoftext|>`, ids 1 … 256 are the bytes (see
 * {@link BASE_TOKENS}), then merges in the order they were learnt. Made by `trainBpe` or
 * `fromTokenizerJson`; encodes as Hugging Face's `tokenizers` does from the same tokenizer.json.
 *
 * Own code because the package `@huggingface/tokenizers` (0.2.0), equally exact on TinyStories,
 * encodes 0.4 to 0.5 million characters a second where this does 4 to 11 million, and cannot train.
 *
 * What is a letter or a number is decided by the Unicode version of Node.js (17 in 20.20), which may
 * be newer than Hugging Face's (16 in tokenizers 0.23): characters that entered Unicode in between
 * can be split differently.
 */
export class Tokenizer {
  /** Number of tokens V; ids are 0 … V − 1. */
  readonly vocabulary: number;
  /** Id of `<|endoftext|>`. */
  readonly endOfText = END_OF_TEXT_ID;
  readonly #bytes: readonly Uint8Array[];
  readonly #byteIds = new Uint16Array(256);
  readonly #table: MergeTable;
  readonly #cache = new Map<string, Uint16Array>();

  /**
   * @param tokens - the V tokens by id in the byte alphabet; the first is `<|endoftext|>`
   * @param merges - in the order they are applied
   */
  constructor(
    readonly tokens: readonly string[],
    readonly merges: readonly Merge[],
  ) {
    this.vocabulary = tokens.length;
    this.#bytes = tokens.map((token, id) =>
      id === END_OF_TEXT_ID ? encoder.encode(END_OF_TEXT) : spelt(token, id),
    );
    const ids = new Map(tokens.map((token, id) => [token, id]));
    for (const token of BASE_TOKENS.slice(1)) {
      const id = ids.get(token);
      if (id === undefined) throw new UserError(`The tokens lack the byte "${token}".`);
      this.#byteIds[this.#bytes[id][0]] = id;
    }
    this.#table = new MergeTable(merges);
  }

  /**
   * The ids of a text. Where the text spells `<|endoftext|>`, it gives id 0, as in Hugging Face's
   * library. A lone surrogate, which UTF-8 cannot hold, is encoded as U+FFFD.
   */
  encode(text: string): Uint16Array {
    let out = new Uint16Array((text.length >> 1) + 8);
    let length = 0;
    const append = (ids: Uint16Array) => {
      if (length + ids.length > out.length) {
        const wider = new Uint16Array(Math.max(2 * out.length, length + ids.length));
        wider.set(out.subarray(0, length));
        out = wider;
      }
      // A loop, because most words have one or two tokens and a call of `set` costs more.
      for (let i = 0; i < ids.length; i++) out[length++] = ids[i];
    };
    for (const [i, part] of text.split(END_OF_TEXT).entries()) {
      if (i > 0) append(Uint16Array.of(END_OF_TEXT_ID));
      for (let at = 0, end = 0; at < part.length; at = end) {
        end = wordEnd(part, at);
        append(this.#word(part.slice(at, end)));
      }
    }
    return out.slice(0, length);
  }

  /**
   * The text of the ids, `<|endoftext|>` spelt out; bytes that are not UTF-8 become U+FFFD.
   * @throws UserError when an id is outside the vocabulary
   */
  decode(ids: ArrayLike<number>): string {
    return decoder.decode(this.decodeBytes(ids));
  }

  /**
   * The bytes of the ids.
   * @throws UserError when an id is outside the vocabulary
   */
  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    let length = 0;
    for (let i = 0; i < ids.length; i++) {
      const bytes = this.#bytes[ids[i]];
      if (!bytes)
        throw new UserError(
          `Token ${ids[i]} at position ${i} is outside the vocabulary, ` +
            `whose ids are 0 to ${this.vocabulary - 1}; was it made by another tokenizer?`,
        );
      length += bytes.length;
    }
    const out = new Uint8Array(length);
    for (let i = 0, at = 0; i < ids.length; i++) {
      out.set(this.#bytes[ids[i]], at);
      at += this.#bytes[ids[i]].length;
    }
    return out;
  }

  /**
   * A token in the byte alphabet, as tokenizer.json spells it: "Ġonce" is " once".
   * @throws UserError when the id is outside the vocabulary
   */
  token(id: number): string {
    this.decodeBytes([id]);
    return this.tokens[id];
  }

  #word(word: string): Uint16Array {
    const known = this.#cache.get(word);
    if (known) return known;
    const bytes = encoder.encode(word);
    const symbols = new Int32Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) symbols[i] = this.#byteIds[bytes[i]];
    const ids = Uint16Array.from(symbols.subarray(0, mergeWord(symbols, this.#table)));
    if (word.length <= CACHED_LENGTH) {
      if (this.#cache.size >= CACHED_WORDS) this.#cache.clear();
      this.#cache.set(ownCopy(word), ids);
    }
    return ids;
  }
}

/** The same string without the longer one it was sliced from, which V8 would keep alive. */
export function ownCopy(slice: string): string {
  return Buffer.from(slice, "utf16le").toString("utf16le");
}

function spelt(token: string, id: number): Uint8Array {
  const bytes = bytesOf(token);
  if (!bytes?.length) throw new UserError(`Token ${id}, "${token}", spells no bytes.`);
  return bytes;
}
