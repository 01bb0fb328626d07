import { UserError } from "../../errors";
import type { Tokens } from "./ngrams";
import { ngrams } from "./ngrams";

export interface TailOptions {
  /** Length of the n-grams. @defaultValue 3 */
  readonly n?: number;
  /** Share of the real n-gram types that form the tail, at least; in (0, 1]. @defaultValue 0.5 */
  readonly share?: number;
  /**
   * n-grams that are looked at in each set, from its first story on.
   * @defaultValue as many as the smaller set has
   */
  readonly positions?: number;
}

export interface TailCoverage {
  /** Share of the tail's types that occur in the sampled set. */
  readonly covered: number;
  /** Types in the tail. */
  readonly types: number;
  /** The tail: the types that occur at most so often in the real set. */
  readonly most: number;
  /** n-grams looked at in each set. */
  readonly positions: number;
}

/**
 * n-gram tail coverage: of the rarest n-gram types of the real set, the share that the sampled set
 * has at all.
 *
 * The tail is made of the types that occur at most c times in the real set, c being the smallest
 * number with which that is at least `share` of all types; so types that are equally rare are never
 * told apart, and often c = 1. How many of them occur depends on how much text is looked at, which
 * is therefore the same in both sets: compare values of the same `n`, `share` and `positions` alone.
 * What is to be expected without a loss is the value of held-out real stories in the place of the
 * sampled ones; it is well below 1.
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
      `Tail coverage over ${used} ${n}-grams needs as many in both sets; one has ${available}.`,
    );
  const counts = new Map<string, number>();
  for (const ngram of first(real, n, used)) counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  const most = rarest(counts, share);
  const tail = new Set<string>();
  for (const [ngram, count] of counts) if (count <= most) tail.add(ngram);
  const types = tail.size;
  for (const ngram of first(sampled, n, used)) tail.delete(ngram);
  return { covered: 1 - tail.size / types, types, most, positions: used };
}

function countPositions(stories: readonly Tokens[], n: number): number {
  return stories.reduce((sum, { length }) => sum + Math.max(0, length - n + 1), 0);
}

function* first(stories: readonly Tokens[], n: number, positions: number): Generator<string> {
  let left = positions;
  for (const tokens of stories)
    for (const ngram of ngrams(tokens, n)) {
      if (left-- === 0) return;
      yield ngram;
    }
}

/** The smallest c with which at least `share` of the types occur at most c times. */
function rarest(counts: ReadonlyMap<string, number>, share: number): number {
  const sorted = Uint32Array.from(counts.values()).sort();
  return sorted[Math.ceil(share * sorted.length) - 1];
}
