import { concat, pick } from "./batch";
import type { Block } from "./block";
import { checkBatch, checkIndex, checkRange } from "./checks";
import type { Batch, Column, Schema } from "./schema";
import { width } from "./schema";

/** A block held in memory: small data sets and tests. */
export class MemoryBlock implements Block {
  readonly length: number;

  /** @throws RangeError if the batch does not fit the schema */
  constructor(
    readonly schema: Schema,
    private readonly batch: Batch,
  ) {
    checkBatch(schema, batch);
    this.length = batch.length;
  }

  /** The items of several batches in order. */
  static of(schema: Schema, batches: readonly Batch[]): MemoryBlock {
    for (const batch of batches) checkBatch(schema, batch);
    return new MemoryBlock(schema, concat(schema, batches));
  }

  gather(indices: ArrayLike<number>): Batch {
    for (let i = 0; i < indices.length; i++) checkIndex(indices[i], this.length);
    return pick(this.schema, [this.batch], new Uint8Array(indices.length), indices);
  }

  range(from: number, to: number): Batch {
    checkRange(from, to, this.length);
    const columns: Record<string, Column> = {};
    for (const [name, field] of Object.entries(this.schema)) {
      const { data, offsets } = this.batch.columns[name];
      const w = width(field);
      columns[name] = offsets
        ? {
            data: data.slice(offsets[from] * w, offsets[to] * w),
            offsets: offsets.slice(from, to + 1).map((offset) => offset - offsets[from]),
          }
        : { data: data.slice(from * w, to * w) };
    }
    return { length: to - from, columns };
  }

  close(): void {}
}
