/** Words per slot of the table at most, so that few are looked at in vain. */
const LOAD = 0.5;

/**
 * Numbers words 0, 1, 2, … in the order in which they first occur. A word is found by a part of a text,
 * without making a string of it, which would cost more than all the rest.
 */
export class WordTable {
  /** Number of the word in each slot, plus 1; 0 is an empty slot. */
  #slots = new Int32Array(1 << 16);
  #hashes = new Int32Array(1 << 15);
  /** Where each word ends among the characters; it begins where the one before ends. */
  #ends = new Float64Array(1 << 15);
  #units = new Uint16Array(1 << 18);
  #size = 0;

  /** Number of words. */
  get size(): number {
    return this.#size;
  }

  /** Number of the word text[from, to), which is added if it is new. */
  find(text: string, from: number, to: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    // The low bits alone choose the slot.
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot] - 1;
      if (word < 0) return this.#add(text, from, to, hash, slot);
      if (this.#hashes[word] === hash && this.#equals(word, text, from, to)) return word;
    }
  }

  /** A word as a string. */
  word(number: number): string {
    const units = this.#units.subarray(this.#begin(number), this.#ends[number]);
    return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString("utf16le");
  }

  /** Forgets all words. */
  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
  }

  #begin(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1];
  }

  #equals(number: number, text: string, from: number, to: number): boolean {
    const begin = this.#begin(number);
    if (this.#ends[number] - begin !== to - from) return false;
    for (let i = from, at = begin; i < to; i++, at++)
      if (this.#units[at] !== text.charCodeAt(i)) return false;
    return true;
  }

  #add(text: string, from: number, to: number, hash: number, slot: number): number {
    const number = this.#size++;
    const begin = this.#begin(number);
    const end = begin + to - from;
    if (end > this.#units.length) this.#units = widened(this.#units, end);
    if (number >= this.#hashes.length) {
      this.#hashes = widened(this.#hashes, number + 1);
      this.#ends = widened(this.#ends, number + 1);
    }
    for (let i = from, at = begin; i < to; i++, at++) this.#units[at] = text.charCodeAt(i);
    this.#ends[number] = end;
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (this.#size > LOAD * this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = this.#hashes[number] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** A copy with room for at least `length` numbers, and twice as many as before. */
function widened<A extends Uint16Array | Int32Array | Float64Array>(from: A, length: number): A {
  const wider = new (from.constructor as new (length: number) => A)(
    Math.max(2 * from.length, length),
  );
  wider.set(from);
  return wider;
}
