import type { Stream } from "../../random/stream";

/**
 * `count` of the items, each set of so many as likely as any other, in the order in which they came
 * (Vitter's algorithm R): for streams too long to hold. All of them if they are no more.
 */
export async function reservoir<T>(
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
