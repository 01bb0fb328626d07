import * as fs from "node:fs";
import { BlockWriter } from "../pool/blockWriter";
import type { Batch, Schema } from "../pool/schema";

/** Writes batches, in order, as one block on disk; a half-written one from before is dropped. */
export async function writeItems(
  folder: string,
  schema: Schema,
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  onItems: (written: number) => void | Promise<void> = () => {},
): Promise<number> {
  fs.rmSync(folder, { recursive: true, force: true });
  const writer = BlockWriter.create(folder, schema);
  let written = 0;
  try {
    for await (const batch of batches) {
      writer.append(batch);
      written += batch.length;
      await onItems(written);
    }
    writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  }
  return written;
}
