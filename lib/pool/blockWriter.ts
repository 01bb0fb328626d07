import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainingFullDisk, writeFileAtomic } from "../store/atomic";
import { checkBatch } from "./batch";
import type { BlockManifest } from "./manifest";
import { BLOCK_MANIFEST, BLOCK_VERSION, checkSchema, filesOf } from "./manifest";
import { NpyWriter } from "./npy";
import type { Batch, Field, Schema } from "./schema";
import { width } from "./schema";

/**
 * Writes a block to a folder, batch by batch, in the memory of one batch. The folder becomes a
 * block only when {@link finish} puts the manifest there; a failed write removes what was written.
 */
export class BlockWriter {
  #length = 0;
  readonly #columns: ColumnWriter[];

  private constructor(
    readonly folder: string,
    readonly schema: Schema,
  ) {
    this.#columns = Object.entries(schema).map(
      ([name, field]) => new ColumnWriter(folder, name, field),
    );
  }

  /** @throws UserError if the folder already holds a block or cannot be written */
  static create(folder: string, schema: Schema): BlockWriter {
    checkSchema(schema);
    explainingFullDisk(folder, () => mkdirSync(folder, { recursive: true }));
    // Blocks are immutable: an old manifest must never describe new files.
    rmSync(join(folder, BLOCK_MANIFEST), { force: true });
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
      return manifest;
    });
  }

  /** Gives up: removes the unfinished files. */
  abort(): void {
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

/** The one or two array files of a field. */
class ColumnWriter {
  readonly #values: NpyWriter;
  readonly #offsets: NpyWriter | undefined;
  #elements = 0;

  constructor(
    folder: string,
    readonly name: string,
    readonly field: Field,
  ) {
    const [values, offsets] = filesOf(name, field).map(
      ({ file, dtype, element }) => new NpyWriter(join(folder, file), dtype, element),
    );
    this.#values = values;
    this.#offsets = offsets;
    this.#offsets?.append(new BigInt64Array(1));
  }

  append(batch: Batch): void {
    const { data, offsets } = batch.columns[this.name];
    this.#values.append(data);
    if (offsets) {
      const ends = new BigInt64Array(batch.length);
      for (let i = 0; i < ends.length; i++) ends[i] = BigInt(this.#elements + offsets[i + 1]);
      this.#offsets?.append(ends);
    }
    this.#elements += data.length / width(this.field);
  }

  finish(items: number): [string, BlockManifest["files"][string]][] {
    const [values, offsets] = filesOf(this.name, this.field);
    const files: [string, BlockManifest["files"][string]][] = [
      [values.file, { count: this.#elements, ...this.#values.finish(this.#elements) }],
    ];
    if (this.#offsets)
      files.push([offsets.file, { count: items + 1, ...this.#offsets.finish(items + 1) }]);
    return files;
  }

  abort(): void {
    for (const writer of [this.#values, this.#offsets]) {
      writer?.close();
      if (writer) rmSync(writer.path, { force: true });
    }
  }
}
