import type { Stream } from "../../random/stream";

/**
 * A uniform sample of `count` items without replacement, in their original order, from a stream too
 * long to hold in memory (Vitter's algorithm R). All items if there are no more than `count`.
 */
export async function reservoirSample<T>(
  items: AsyncIterable<T> | Iterable<T>,
  count: number,
  stream: Stream,
): Promise<T[]> {
  const kept: { readonly item: T; readonly place: number }[] = [];
  let seen = 0;
  for await (const item of items) {
    const at = seen < count ? seen : stream.integer(seen + 1);
    if (at < count) kept[at] = { item, place: seen };
    seen++;
  }
  return kept.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
