import { WordTable } from "./wordTable";

/** Capacity; the cache is cleared when full. */
const WORDS = 65_536;
/** Words longer than this, in UTF-16 units, are not cached. */
const LENGTH = 64;

/** The ids of the words that were encoded lately, in one array. */
export class WordCache {
  readonly #table = new WordTable();
  /** Where the ids of each word end. */
  readonly #ends = new Int32Array(WORDS);
  #ids = new Uint16Array(1 << 17);

  /**
   * Appends the ids of the word text[from, to) to `out`.
   * @param encode called for words that are not here
   * @param length of what `out` holds
   * @returns the new length
   */
  append(
    text: string,
    from: number,
    to: number,
    encode: (word: string) => Uint16Array,
    out: Uint16Array,
    length: number,
  ): number {
    if (to - from > LENGTH) {
      const ids = encode(text.slice(from, to));
      out.set(ids, length);
      return length + ids.length;
    }
    if (this.#table.size === WORDS) this.#table.clear();
    const known = this.#table.size;
    const word = this.#table.find(text, from, to);
    const begin = word === 0 ? 0 : this.#ends[word - 1];
    if (word === known) this.#keep(word, begin, encode(text.slice(from, to)));
    // A loop, because most words have one or two tokens and calling `set` costs more.
    let at = length;
    for (let i = begin; i < this.#ends[word]; i++) out[at++] = this.#ids[i];
    return at;
  }

  #keep(word: number, begin: number, ids: Uint16Array): void {
    const end = begin + ids.length;
    if (end > this.#ids.length) {
      const wider = new Uint16Array(2 * end);
      wider.set(this.#ids);
      this.#ids = wider;
    }
    this.#ids.set(ids, begin);
    this.#ends[word] = end;
  }
}
