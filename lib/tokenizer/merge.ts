import { Heap } from "./heap";

/** One merge: the tokens `left` and `right`, side by side, become the token `result`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly result: number;
}

/** A pair of ids, each below 2^16, as one number; ordered as (left, right). */
export function pairOf(left: number, right: number): number {
  return left * 0x10000 + right;
}

/** Merges by pair, in the order they are applied: a lower rank goes first. */
export class MergeTable {
  readonly #ranks = new Map<number, number>();
  readonly #results: number[] = [];

  /** Where a pair is listed twice, the last place counts, as in Hugging Face's library. */
  constructor(merges: readonly Merge[]) {
    for (const { left, right, result } of merges) {
      this.#ranks.set(pairOf(left, right), this.#results.length);
      this.#results.push(result);
    }
  }

  rank(left: number, right: number): number | undefined {
    return this.#ranks.get(pairOf(left, right));
  }

  result(rank: number): number {
    return this.#results[rank];
  }
}

/** The bits of a position in a heap's key, below those of the rank. */
const POSITIONS = 2 ** 32;

/**
 * Applies merges to a word in place, lowest rank first and leftmost first among equals.
 * Costs n log n for n symbols, whatever the word: a linked list of symbols and a heap of pairs.
 * @returns how many symbols are left, at the front of `symbols`
 */
export function mergeWord(symbols: Int32Array, merges: MergeTable): number {
  const n = symbols.length;
  const next = new Int32Array(n);
  const previous = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    next[i] = i + 1 < n ? i + 1 : -1;
    previous[i] = i - 1;
  }
  const heap = new Heap<number>((a, b) => a < b);
  const offer = (at: number) => {
    const rank = merges.rank(symbols[at], symbols[next[at]]);
    if (rank !== undefined) heap.push(rank * POSITIONS + at);
  };
  for (let i = 0; i + 1 < n; i++) offer(i);
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const at = key % POSITIONS;
    const right = next[at];
    if (symbols[at] < 0 || right < 0) continue;
    const result = merges.result((key - at) / POSITIONS);
    const rank = merges.rank(symbols[at], symbols[right]);
    // The pair that stood here when the key was made is gone.
    if (rank === undefined || merges.result(rank) !== result) continue;
    symbols[at] = result;
    symbols[right] = -1;
    next[at] = next[right];
    if (next[at] >= 0) {
      previous[next[at]] = at;
      offer(at);
    }
    if (previous[at] >= 0) offer(previous[at]);
  }
  let left = 0;
  for (let i = 0; i < n; i++) if (symbols[i] >= 0) symbols[left++] = symbols[i];
  return left;
}
