import { concat, pick } from "../batch";
import type { Batch, Schema } from "../schema";

/** Items of a batch, in the order given. */
export function take(schema: Schema, batch: Batch, items: ArrayLike<number>): Batch {
  return pick(schema, [batch], new Uint8Array(items.length), items);
}

/** The same items in batches whose lengths are multiples of `size`; what is left over is dropped. */
export async function* inMultiplesOf(
  size: number,
  schema: Schema,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  let rest: Batch | undefined;
  for await (const batch of batches) {
    const all = rest ? concat(schema, [rest, batch]) : batch;
    const whole = all.length - (all.length % size);
    if (whole > 0) yield take(schema, all, range(0, whole));
    rest = whole < all.length ? take(schema, all, range(whole, all.length)) : undefined;
  }
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, i) => from + i);
