import type { SourceOptions } from "../data/obtain";
import type { DataContext } from "./task";

/** How a task's `loadReal` reads sources: what its context wants to know of them is reported to it. */
export function sourceOptions({ signal, onUnknown, onStep }: DataContext): SourceOptions {
  return {
    signal,
    ...(onUnknown ? { onUnknown } : {}),
    ...(onStep && {
      onRead: (file, done, total) => onStep(`reading ${file}`, done, total),
      onProgress: (file, done, total = done) => onStep(`downloading ${file}`, done, total),
    }),
  };
}

/** Items between reports. */
const EVERY = 500;

/** The same items one after the other, reported as parts of a step. */
export async function* reported<T>(
  items: AsyncIterable<T> | Iterable<T>,
  step: string,
  total: number,
  onStep: DataContext["onStep"],
): AsyncGenerator<T, void, undefined> {
  let done = 0;
  for await (const item of items) {
    yield item;
    if (++done % EVERY === 0 || done === total) onStep?.(step, done, total);
  }
}
