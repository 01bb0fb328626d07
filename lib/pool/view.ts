import type { Batch, Schema } from "./schema";

/** Where an item of a training set comes from. */
export interface Origin {
  /** 1 = real data, k+1 = sampled from model k. */
  readonly block: number;
  /** Name of the chain whose block it is, if that is another one. */
  readonly chain?: string;
  /** Item number within the block. */
  readonly index: number;
}

/** The training set of one generation: a selection from the pool's blocks, read on demand. */
export interface View {
  readonly schema: Schema;
  readonly length: number;
  /** Values of items `indices` (numbers in [0, length)) in that order, across blocks. */
  gather(indices: ArrayLike<number>): Batch;
  /** Items from … to−1. */
  range(from: number, to: number): Batch;
  /** Weight of item i in the fit, 1 unless the regime says otherwise. */
  weight(i: number): number;
  /**
   * Which block and which item of it stands at position i.
   * @throws Error in a fit whose regime does not make it visible
   */
  provenance(i: number): Origin;
  /** Number of items by the name of their block: "3", or "other/3" of the chain "other". */
  counts(): ReadonlyMap<string, number>;
}
