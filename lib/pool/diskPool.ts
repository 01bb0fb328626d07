import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../errors";
import { renameFolder, writeFileAtomic } from "../store/atomic";
import { type Claim, claim } from "../store/claim";
import type { Block } from "./block";
import { BlockWriter } from "./blockWriter";
import { DiskBlock } from "./diskBlock";
import { checkSchema, schemaShape } from "./manifest";
import type { Pool } from "./pool";
import { readJson } from "./readJson";
import type { Batch, Schema } from "./schema";

const VERSION = 1;
const MANIFEST = "pool.json";
const WRITER = "writer";
const REMEDY = "Name a folder made by DiskPool.create, or make a new one.";

const manifest = z.strictObject({
  format: z.literal("collapse-lab pool"),
  version: z.literal(VERSION),
  schema: schemaShape,
});

/**
 * A pool in one folder: `pool.json` and one folder per block, `block-000001` onwards. A block becomes
 * part of the pool by one rename, whatever the size of the pool, and is never changed. One process
 * appends at a time; others wait, and what a killed one left is overwritten.
 */
export class DiskPool implements Pool {
  readonly #blocks = new Map<number, DiskBlock>();
  #count = 0;

  private constructor(
    readonly folder: string,
    readonly schema: Schema,
  ) {}

  /** Makes an empty pool. @throws UserError if the folder is a pool already */
  static create(folder: string, schema: Schema): DiskPool {
    checkSchema(schema);
    const path = join(folder, MANIFEST);
    if (existsSync(path))
      throw new UserError(`${folder} already is a pool: open it, or choose another folder.`);
    mkdirSync(folder, { recursive: true });
    const content = { format: "collapse-lab pool", version: VERSION, schema };
    writeFileAtomic(path, `${JSON.stringify(content, null, 2)}\n`);
    return new DiskPool(folder, schema);
  }

  /** Opens a pool with the blocks it has now. @throws UserError if it is not a pool, or lacks a block */
  static open(folder: string): DiskPool {
    const path = join(folder, MANIFEST);
    const result = manifest.safeParse(readJson(path, "pool manifest", REMEDY));
    if (!result.success) {
      const issue = result.error.issues[0];
      throw new UserError(
        `The pool manifest ${path} cannot be read: ${issue.path.join(".") || "it"}: ${issue.message}.`,
      );
    }
    const pool = new DiskPool(folder, result.data.schema as Schema);
    pool.#count = readdirSync(folder).filter((name) => /^block-\d{6}$/.test(name)).length;
    for (let number = 1; number <= pool.#count; number++)
      if (!existsSync(pool.#folderOf(number)))
        throw new UserError(
          `The pool ${folder} has ${pool.#count} blocks, but block ${number} is missing.`,
        );
    return pool;
  }

  get numbers(): readonly number[] {
    return Array.from({ length: this.#count }, (_, k) => k + 1);
  }

  block(number: number): Block {
    const open = this.#blocks.get(number);
    if (open) return open;
    if (!(number >= 1 && number <= this.#count))
      throw new UserError(
        `The pool ${this.folder} has no block ${number}; it has ${this.#count} blocks.`,
      );
    const block = DiskBlock.open(this.#folderOf(number));
    this.#blocks.set(number, block);
    return block;
  }

  /**
   * Writes batches as the next block, in the memory of one batch. The pool has the whole block
   * afterwards, or is as it was.
   * @returns the block's number
   */
  async append(
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<number> {
    // Waits for other writers: never finished, so there is a claim in the end.
    const owned = (await claim(join(this.folder, WRITER), () => false, signal)) as Claim;
    try {
      const draft = join(owned.folder, "block");
      const writer = BlockWriter.create(draft, this.schema);
      try {
        for await (const batch of batches) writer.append(batch);
        writer.finish();
      } catch (error) {
        writer.abort();
        throw error;
      }
      // Another process may have appended since this pool was opened.
      while (existsSync(this.#folderOf(this.#count + 1))) this.#count++;
      renameFolder(draft, this.#folderOf(this.#count + 1));
      return ++this.#count;
    } finally {
      owned.finish();
    }
  }

  close(): void {
    for (const block of this.#blocks.values()) block.close();
    this.#blocks.clear();
  }

  #folderOf(number: number): string {
    return join(this.folder, `block-${String(number).padStart(6, "0")}`);
  }
}
