import type { Batch, Schema } from "./schema";

/**
 * An immutable run of items: the real data, or what one model sampled.
 * Implementations read from memory (`MemoryBlock`) or from disk (`DiskBlock`) and
 * never load more than was asked for.
 */
export interface Block {
  readonly schema: Schema;
  readonly length: number;
  /**
   * The given items' values, in the given order (an index may repeat).
   * @param indices item numbers in [0, length); others throw a RangeError that names the index.
   */
  gather(indices: ArrayLike<number>): Batch;
  /** Items from … to−1, in order: one sequential read per field. */
  range(from: number, to: number): Batch;
  /** Releases file handles. Using the block afterwards throws. */
  close(): void;
}
