import type { Block } from "./block";
import { checkIndex, checkRange } from "./checks";
import { DiskColumn } from "./diskColumn";
import type { BlockManifest } from "./manifest";
import { readBlockManifest } from "./manifest";
import type { OffsetBudget } from "./offsets";
import { SHARED_BUDGET } from "./offsets";
import type { Batch, Column, Schema } from "./schema";

/**
 * A block on disk. Each call reads just the items asked for, at a cost that does not depend on
 * the block's size. Nothing is kept in memory but file handles and, within a budget, where the items
 * of ragged fields begin; values stay in the operating system's page cache, which processes share.
 */
export class DiskBlock implements Block {
  readonly schema: Schema;
  readonly length: number;
  readonly #columns: DiskColumn[] = [];

  private constructor(folder: string, manifest: BlockManifest, budget: OffsetBudget) {
    this.schema = manifest.schema as Schema;
    this.length = manifest.length;
    try {
      for (const [name, field] of Object.entries(this.schema))
        this.#columns.push(new DiskColumn(folder, name, field, manifest, budget));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Opens a finished block; checks manifest, file sizes and headers, but does not read the data
   * (see {@link verify}).
   * @throws UserError naming the file that is missing, cut short or of another format
   */
  static open(folder: string, budget = SHARED_BUDGET): DiskBlock {
    return new DiskBlock(folder, readBlockManifest(folder), budget);
  }

  gather(indices: ArrayLike<number>): Batch {
    for (let i = 0; i < indices.length; i++) checkIndex(indices[i], this.length);
    return this.#batch(indices.length, (column) => column.gather(indices));
  }

  range(from: number, to: number): Batch {
    checkRange(from, to, this.length);
    return this.#batch(to - from, (column) => column.range(from, to));
  }

  /** Reads all of it and compares checksums. @throws UserError naming the damaged file */
  verify(): void {
    for (const column of this.#columns) column.verify();
  }

  close(): void {
    for (const column of this.#columns) column.close();
  }

  #batch(length: number, read: (column: DiskColumn) => Column): Batch {
    const columns: Record<string, Column> = {};
    for (const column of this.#columns) columns[column.name] = read(column);
    return { length, columns };
  }
}
