import type { Batch, Schema } from "./schema";

/** Where an item of a training set comes from. */
export interface Origin {
  /** 1 = real data, k+1 = sampled from model k. */
  readonly block: number;
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
  /** Which block and which item of it stands at position i. */
  provenance(i: number): Origin;
  /** Number of items per block number. */
  counts(): ReadonlyMap<number, number>;
}
