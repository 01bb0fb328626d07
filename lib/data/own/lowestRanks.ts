import type { Stream } from "../../random/stream";

/** The stream that divides the user's items into training and test ones. */
export const SPLIT = "own-split";

/**
 * A random choice of items by their content: each draws a rank from a stream named by its key, and those
 * of the lowest ranks are kept. Equal items have equal ranks, so that only the first of them counts and
 * no two can be on different sides of a split. An item more leaves the ranks of the others as they are.
 * Memory grows with the number of items kept alone.
 */
export class LowestRanks {
  #kept = new Map<number, number>();
  #limit = Number.POSITIVE_INFINITY;
  #repeated = 0;

  constructor(
    readonly count: number,
    readonly stream: Stream,
  ) {}

  /** @param item its number; @returns whether it is one that has been added before */
  add(key: string, item: number): boolean {
    const rank = this.stream.at(key).uniform();
    if (rank > this.#limit) return false;
    if (this.#kept.has(rank)) {
      this.#repeated++;
      return true;
    }
    this.#kept.set(rank, item);
    if (this.#kept.size >= 2 * this.count + 1000) this.#prune();
    return false;
  }

  /** Items that were like an earlier one, as far as those of low ranks tell. */
  get repeated(): number {
    return this.#repeated;
  }

  /** The items of the lowest ranks, lowest first. */
  items(): number[] {
    this.#prune();
    return [...this.#kept.values()];
  }

  #prune(): void {
    const sorted = [...this.#kept].sort(([a], [b]) => a - b).slice(0, this.count);
    this.#kept = new Map(sorted);
    if (sorted.length === this.count)
      this.#limit = Math.min(this.#limit, sorted.at(-1)?.[0] ?? this.#limit);
  }
}
