import { UserError } from "../../errors";
import type { Tokens } from "./ngrams";
import { ngrams } from "./ngrams";

export interface TailOptions {
  /** Length of the n-grams. @defaultValue 3 */
  readonly n?: number;
  /** Minimum share of the real n-gram types that form the tail, in (0, 1]. @defaultValue 0.5 */
  readonly share?: number;
  /**
   * Number of n-gram occurrences compared in each set, from its first story.
   * @defaultValue the number in the smaller set
   */
  readonly positions?: number;
}

export interface TailCoverage {
  /** Share of the tail's types that occur in the sampled set. */
  readonly covered: number;
  /** Number of types in the tail. */
  readonly types: number;
  /** Types in the tail occur at most this many times in the real set. */
  readonly maxCount: number;
  /** Number of n-gram occurrences compared in each set. */
  readonly positions: number;
}

/**
 * n-gram tail coverage: the share of the real set's rarest n-gram types that occur in the sampled set.
 *
 * The tail consists of the types that occur at most c times in the real set, where c is the smallest
 * count that covers at least `share` of all types; equally rare types are never split, and often
 * c = 1. Coverage depends on the amount of text, so both sets contribute the same number of
 * n-grams; compare only values with equal `n`, `share` and `positions`. The baseline without any
 * loss is the value for held-out real stories in place of the sampled ones; it is well below 1.
 * @throws UserError if a set has fewer n-grams than `positions`, or none
 */
export function tailCoverage(
  real: readonly Tokens[],
  sampled: readonly Tokens[],
  { n = 3, share = 0.5, positions }: TailOptions = {},
): TailCoverage {
  if (!(share > 0 && share <= 1)) throw new RangeError(`share is ${share}, not within (0, 1]`);
  const available = Math.min(countPositions(real, n), countPositions(sampled, n));
  const used = positions ?? available;
  if (!(used >= 1 && used <= available))
    throw new UserError(
      `Tail coverage over ${used} ${n}-grams needs that many in both sets; one has ${available}.`,
    );
  const counts = new Map<string, number>();
  for (const ngram of take(real, n, used)) counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  const maxCount = tailCount(counts, share);
  const tail = new Set<string>();
  for (const [ngram, count] of counts) if (count <= maxCount) tail.add(ngram);
  const types = tail.size;
  for (const ngram of take(sampled, n, used)) tail.delete(ngram);
  return { covered: 1 - tail.size / types, types, maxCount, positions: used };
}

function countPositions(stories: readonly Tokens[], n: number): number {
  return stories.reduce((sum, { length }) => sum + Math.max(0, length - n + 1), 0);
}

function* take(stories: readonly Tokens[], n: number, positions: number): Generator<string> {
  let left = positions;
  for (const tokens of stories)
    for (const ngram of ngrams(tokens, n)) {
      if (left-- === 0) return;
      yield ngram;
    }
}

/** The smallest c such that at least `share` of the types occur at most c times. */
function tailCount(counts: ReadonlyMap<string, number>, share: number): number {
  const sorted = Uint32Array.from(counts.values()).sort();
  return sorted[Math.ceil(share * sorted.length) - 1];
}
