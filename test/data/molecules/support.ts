import assert from "node:assert/strict";
import { UserError } from "../../../lib/errors";

/** A file's bytes in pieces of a few, each overwritten after its use as by a reader with one buffer. */
export async function* pieces(text: string | Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = Uint8Array.from(bytes.subarray(at, at + size));
    yield piece;
    piece.fill(0xff);
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The sentence with which something fails. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    const result = work();
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result)
      await all(result as AsyncIterable<unknown>);
    else await result;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  assert.fail("nothing was thrown");
}

/** Made-up but sound coordinates: a grid of points 2 Å apart. */
export function grid(size: number): Float64Array {
  return Float64Array.from({ length: 3 * size }, (_, k) => {
    const i = Math.floor(k / 3);
    return 2 * [i % 3, Math.floor(i / 3) % 3, Math.floor(i / 9)][k % 3];
  });
}
