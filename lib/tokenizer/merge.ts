import { Heap } from "./heap";

/** One merge: adjacent tokens `left` and `right` become the token `result`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly result: number;
}

/** A pair of ids, each below 2^16, as one number; ordered as (left, right). */
export function pairOf(left: number, right: number): number {
  return left * 0x10000 + right;
}

/** Merges by pair; a lower rank is applied first. */
export class MergeTable {
  readonly #ranks = new Map<number, number>();
  readonly #results: number[] = [];

  /** When a pair is listed twice, its last rank counts, as in Hugging Face's library. */
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

/** A queue key is rank · POSITIONS + position. */
const POSITIONS = 2 ** 32;

/**
 * Applies merges to a word in place, lowest rank first, ties from the left. Takes O(n log n) for n
 * symbols, whatever the word: a linked list of symbols and a priority queue of pairs.
 * @returns the number of symbols left, at the front of `symbols`
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
  const enqueue = (at: number) => {
    const rank = merges.rank(symbols[at], symbols[next[at]]);
    if (rank !== undefined) heap.push(rank * POSITIONS + at);
  };
  for (let i = 0; i + 1 < n; i++) enqueue(i);
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const at = key % POSITIONS;
    const right = next[at];
    if (symbols[at] < 0 || right < 0) continue;
    const result = merges.result((key - at) / POSITIONS);
    const rank = merges.rank(symbols[at], symbols[right]);
    // Stale: the pair at this position has changed since it was queued.
    if (rank === undefined || merges.result(rank) !== result) continue;
    symbols[at] = result;
    symbols[right] = -1;
    next[at] = next[right];
    if (next[at] >= 0) {
      previous[next[at]] = at;
      enqueue(at);
    }
    if (previous[at] >= 0) enqueue(previous[at]);
  }
  let left = 0;
  for (let i = 0; i < n; i++) if (symbols[i] >= 0) symbols[left++] = symbols[i];
  return left;
}
