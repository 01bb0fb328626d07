import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BlockManifest } from "./manifest";
import { filesOf } from "./manifest";
import { NpyWriter } from "./npyWriter";
import type { Batch, Field } from "./schema";
import { width } from "./schema";

/** The one or two array files of a field. */
export class ColumnWriter {
  /** The values; then, if ragged, the offsets. */
  readonly #files: NpyWriter[] = [];
  #elements = 0;

  constructor(
    folder: string,
    readonly name: string,
    readonly field: Field,
  ) {
    try {
      for (const { file, dtype, element } of filesOf(name, field))
        this.#files.push(new NpyWriter(join(folder, file), dtype, element));
      this.#files[1]?.append(new BigInt64Array(1));
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  append(batch: Batch): void {
    const { data, offsets } = batch.columns[this.name];
    const [values, bounds] = this.#files;
    values.append(data);
    if (offsets) {
      const ends = new BigInt64Array(batch.length);
      for (let i = 0; i < ends.length; i++) ends[i] = BigInt(this.#elements + offsets[i + 1]);
      bounds.append(ends);
    }
    this.#elements += data.length / width(this.field);
  }

  /** @returns what the manifest says about each file, by file name */
  finish(items: number): [string, BlockManifest["files"][string]][] {
    const counts = [this.#elements, items + 1];
    return filesOf(this.name, this.field).map(({ file }, k) => [
      file,
      { count: counts[k], ...this.#files[k].finish(counts[k]) },
    ]);
  }

  /** Removes the files. */
  abort(): void {
    for (const file of this.#files) {
      file.close();
      rmSync(file.path, { force: true });
    }
  }
}
