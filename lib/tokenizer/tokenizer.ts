import { UserError } from "../errors";
import { BASE_TOKENS, bytesOf, END_OF_TEXT, END_OF_TEXT_ID } from "./alphabet";
import { type Merge, MergeTable, mergeWord } from "./merge";
import { WordCache } from "./wordCache";
import { wordEnd } from "./words";

const encoder = new TextEncoder();
// Keeps a byte order mark as text.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A byte-level BPE tokenizer: id 0 is `<|endoftext|>`, ids 1 … 256 are the bytes (see
 * `BASE_TOKENS`), then merges in the order in which they were learnt. Created by `trainBpe` or
 * `fromTokenizerJson`; encodes as Hugging Face's `tokenizers` does with the same tokenizer.json.
 *
 * Why not the package `@huggingface/tokenizers` (0.2.0): it gives the same ids on TinyStories, but
 * encodes 0.4 to 0.5 million characters per second (this one some 20 million) and cannot train.
 *
 * Letters and numbers are those of Node.js's Unicode version (17 in 20.20), which may be newer than
 * Hugging Face's (16 in tokenizers 0.23): characters added to Unicode in between can be split
 * differently.
 */
export class Tokenizer {
  /** Number of tokens V; ids are 0 … V − 1. */
  readonly vocabulary: number;
  /** Id of `<|endoftext|>`. */
  readonly endOfText = END_OF_TEXT_ID;
  readonly #bytes: readonly Uint8Array[];
  readonly #byteIds = new Uint16Array(256);
  readonly #table: MergeTable;
  readonly #cache = new WordCache();
  readonly #encode = (word: string) => this.#encodeWord(word);

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
      id === END_OF_TEXT_ID ? encoder.encode(END_OF_TEXT) : tokenBytes(token, id),
    );
    const ids = new Map(tokens.map((token, id) => [token, id]));
    for (const token of BASE_TOKENS.slice(1)) {
      const id = ids.get(token);
      if (id === undefined) throw new UserError(`The vocabulary lacks the byte "${token}".`);
      this.#byteIds[this.#bytes[id][0]] = id;
    }
    this.#table = new MergeTable(merges);
  }

  /**
   * Encodes a text. `<|endoftext|>` in the text becomes id 0, as in Hugging Face's library. A lone
   * surrogate, which UTF-8 cannot represent, is encoded as U+FFFD.
   */
  encode(text: string): Uint16Array {
    // A token spells at least a byte, and a unit of UTF-16 takes at most three.
    const out = new Uint16Array(3 * text.length + 1);
    let length = 0;
    for (const [i, part] of text.split(END_OF_TEXT).entries()) {
      if (i > 0) out[length++] = END_OF_TEXT_ID;
      for (let at = 0, end = 0; at < part.length; at = end) {
        end = wordEnd(part, at);
        length = this.#cache.append(part, at, end, this.#encode, out, length);
      }
    }
    return out.slice(0, length);
  }

  /**
   * Decodes ids; id 0 becomes the text `<|endoftext|>`, and invalid UTF-8 becomes U+FFFD.
   * @throws UserError when an id is outside the vocabulary
   */
  decode(ids: ArrayLike<number>): string {
    return decoder.decode(this.decodeBytes(ids));
  }

  /**
   * Decodes ids to bytes.
   * @throws UserError when an id is outside the vocabulary
   */
  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    let length = 0;
    for (let i = 0; i < ids.length; i++) {
      const bytes = this.#bytes[ids[i]];
      if (!bytes)
        throw new UserError(
          `Token ${ids[i]} at position ${i} is outside the vocabulary, ` +
            `whose ids are 0 to ${this.vocabulary - 1}; was it encoded by another tokenizer?`,
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

  #encodeWord(word: string): Uint16Array {
    const bytes = encoder.encode(word);
    const symbols = new Int32Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) symbols[i] = this.#byteIds[bytes[i]];
    return Uint16Array.from(symbols.subarray(0, mergeWord(symbols, this.#table)));
  }
}

function tokenBytes(token: string, id: number): Uint8Array {
  const bytes = bytesOf(token);
  if (!bytes?.length)
    throw new UserError(`Token ${id}, "${token}", has no bytes in the byte alphabet.`);
  return bytes;
}
