import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../store/atomic";
import { withFileErrors } from "../store/fileErrors";
import { checkBatch } from "./checks";
import { ColumnWriter } from "./columnWriter";
import type { BlockManifest } from "./manifest";
import { BLOCK_MANIFEST, BLOCK_VERSION, checkSchema } from "./manifest";
import type { Batch, Schema } from "./schema";

/**
 * Writes a block to a folder, batch by batch, in the memory of one batch. The folder becomes a
 * block only when {@link finish} puts the manifest there; a failed write removes what was written.
 */
export class BlockWriter {
  #length = 0;
  #finished = false;
  readonly #columns: ColumnWriter[] = [];

  private constructor(
    readonly folder: string,
    readonly schema: Schema,
  ) {
    this.#guard(() => {
      for (const [name, field] of Object.entries(schema))
        this.#columns.push(new ColumnWriter(folder, name, field));
    });
  }

  /** @throws Error if the folder already holds a finished block */
  static create(folder: string, schema: Schema): BlockWriter {
    checkSchema(schema);
    withFileErrors(folder, () => mkdirSync(folder, { recursive: true }));
    if (existsSync(join(folder, BLOCK_MANIFEST)))
      throw new Error(`${folder} holds a finished block, and blocks are never changed`);
    return new BlockWriter(folder, schema);
  }

  /** Items so far. */
  get length(): number {
    return this.#length;
  }

  append(batch: Batch): void {
    checkBatch(this.schema, batch);
    this.#guard(() => {
      for (const column of this.#columns) column.append(batch);
    });
    this.#length += batch.length;
  }

  /** Flushes everything to the disk, then writes the manifest. */
  finish(): BlockManifest {
    return this.#guard(() => {
      const manifest: BlockManifest = {
        format: "collapse-lab block",
        version: BLOCK_VERSION,
        schema: this.schema as BlockManifest["schema"],
        length: this.#length,
        files: Object.fromEntries(this.#columns.flatMap((column) => column.finish(this.#length))),
      };
      writeFileAtomic(join(this.folder, BLOCK_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
      this.#finished = true;
      return manifest;
    });
  }

  /** Gives up: removes the unfinished files. Does nothing to a finished block. */
  abort(): void {
    if (this.#finished) return;
    for (const column of this.#columns) column.abort();
  }

  #guard<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      this.abort();
      throw error;
    }
  }
}
