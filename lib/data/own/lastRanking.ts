import type { Stream } from "../../random/stream";
import type { Place } from "./files";

/** One text is looked at several times in a run, and each look for its ranking reads and hashes all of it. */
let last: { readonly key: string; readonly items: readonly number[] } | undefined;

/** Keeps the items of a place by rank, lowest first, until those of another place are kept. */
export function keepRanking(key: string, items: readonly number[]): void {
  last = { key, items };
}

/** The `count` items of the lowest ranks, if so many are kept for this key. */
export function keptRanking(key: string, count: number): readonly number[] | undefined {
  return last?.key === key && last.items.length >= count ? last.items.slice(0, count) : undefined;
}

/** What a ranking depends on: the files as they are now, how they are read, and the stream. */
export function rankingKey({ path, files }: Place, how: object, { path: of }: Stream): string {
  return JSON.stringify([path, files, how, of]);
}
