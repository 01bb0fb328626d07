import { int64ToNumbers } from "./npy";
import type { OpenArray } from "./openArray";

/** Memory that the offsets of open blocks may take together. */
export interface OffsetBudget {
  /** Bytes that are still free. */
  bytes: number;
}

/** 64 MB: enough for 16 million items, such as 3.5 billion tokens of short stories. */
export const SHARED_BUDGET: OffsetBudget = { bytes: 64 << 20 };

/** Offsets read at once while they are loaded. */
const CHUNK = 1 << 16;
const UINT32 = 2 ** 32;

/**
 * Where each item of a ragged field begins. Kept in memory at four bytes per item while the budget
 * lasts, since looking them up on disk doubles the reads of a random batch; beyond it, on disk.
 */
export class Offsets {
  #memory: Uint32Array | undefined;
  #asked = false;

  constructor(
    private readonly array: OpenArray,
    private readonly budget: OffsetBudget,
    /** Elements in the block. */
    private readonly elements: number,
  ) {}

  /** Number of items. */
  get items(): number {
    return this.array.count - 1;
  }

  get path(): string {
    return this.array.path;
  }

  /** First element of each item and of the item after it, two numbers per item. */
  bounds(indices: ArrayLike<number>): Float64Array {
    const memory = this.#load();
    if (!memory) return this.#fromDisk(indices);
    const bounds = new Float64Array(2 * indices.length);
    for (let i = 0; i < indices.length; i++) {
      bounds[2 * i] = memory[indices[i]];
      bounds[2 * i + 1] = memory[indices[i] + 1];
    }
    return bounds;
  }

  /** Offsets from … to, both included. */
  range(from: number, to: number): Float64Array {
    const raw = new Uint8Array(8 * (to - from + 1));
    this.array.read(8 * from, raw);
    return int64ToNumbers(raw);
  }

  verify(): void {
    this.array.verify();
  }

  close(): void {
    if (this.#memory) this.budget.bytes += this.#memory.byteLength;
    this.#memory = undefined;
    this.array.close();
  }

  #load(): Uint32Array | undefined {
    if (this.#asked) return this.#memory;
    this.#asked = true;
    const { count } = this.array;
    if (this.elements >= UINT32 || 4 * count > this.budget.bytes) return undefined;
    const memory = new Uint32Array(count);
    for (let from = 0; from < count; from += CHUNK) {
      const numbers = this.range(from, Math.min(from + CHUNK, count) - 1);
      // A damaged offset must not become a valid one by wrapping round.
      if (numbers.some((number) => number < 0 || number >= UINT32)) return undefined;
      memory.set(numbers, from);
    }
    this.budget.bytes -= memory.byteLength;
    this.#memory = memory;
    return memory;
  }

  #fromDisk(indices: ArrayLike<number>): Float64Array {
    const starts = new Float64Array(indices.length);
    for (let i = 0; i < starts.length; i++) starts[i] = 8 * indices[i];
    const raw = new Uint8Array(16 * starts.length);
    this.array.readSpans(starts, new Float64Array(starts.length).fill(16), raw);
    return int64ToNumbers(raw);
  }
}
