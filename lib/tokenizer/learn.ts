import { BASE_TOKENS } from "./alphabet";
import { Heap } from "./heap";
import { type Merge, pairOf } from "./merge";

/** A distinct word in the training text. */
export interface CountedWord {
  /** Token ids; merging shortens it in place. */
  readonly symbols: number[];
  readonly count: number;
}

interface Candidate {
  readonly pair: number;
  /** Number of occurrences when the pair was last counted. */
  readonly count: number;
  /** Indices of the words it may occur in. */
  readonly words: readonly number[];
}

/**
 * Learns merges until there are `vocabulary` tokens or no pair occurs `minimumCount` times.
 * The most frequent pair is merged first; ties go to the lower left id, then to the lower right id.
 * This is the rule of Hugging Face's BpeTrainer, including its corner cases: a pair that spells an
 * existing token becomes that token, and the count of a merged pair is not reset when the pair
 * appears again.
 * @returns all tokens by id, and the merges in order (there are more merges than new tokens when two
 * pairs spell the same token)
 */
export function learnMerges(
  words: readonly CountedWord[],
  vocabulary: number,
  minimumCount: number,
): { tokens: string[]; merges: Merge[] } {
  const tokens = [...BASE_TOKENS];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const merges = new Map<number, Merge>();
  const counts = new Map<number, number>();
  /** Words in which each pair has appeared since the queue was last filled. */
  let added = new Map<number, number[]>();
  const heap = new Heap<Candidate>(
    (a, b) => a.count > b.count || (a.count === b.count && a.pair < b.pair),
  );

  const change = (pair: number, by: number, word: number) => {
    counts.set(pair, (counts.get(pair) ?? 0) + by);
    if (by < 0) return;
    const places = added.get(pair);
    if (!places) added.set(pair, [word]);
    else if (places[places.length - 1] !== word) places.push(word);
  };
  const enqueueAdded = () => {
    for (const [pair, places] of added) {
      const count = counts.get(pair)!;
      if (count > 0) heap.push({ pair, count, words: places });
    }
    added = new Map();
  };

  for (const [w, { symbols, count }] of words.entries())
    for (let i = 1; i < symbols.length; i++) change(pairOf(symbols[i - 1], symbols[i]), count, w);
  enqueueAdded();

  while (tokens.length < vocabulary) {
    const top = heap.pop();
    if (!top) break;
    const count = counts.get(top.pair)!;
    if (count !== top.count) {
      heap.push({ ...top, count });
      continue;
    }
    if (count < Math.max(1, minimumCount)) break;
    const left = Math.floor(top.pair / 0x10000);
    const right = top.pair % 0x10000;
    const token = tokens[left] + tokens[right];
    let result = ids.get(token);
    if (result === undefined) {
      result = tokens.length;
      tokens.push(token);
      ids.set(token, result);
    }
    // The rank of a pair that is merged again is its last position.
    merges.delete(top.pair);
    merges.set(top.pair, { left, right, result });
    for (const w of top.words) mergePair(words[w], { left, right, result }, w, change);
    enqueueAdded();
  }
  return { tokens, merges: [...merges.values()] };
}

/** Merges a pair everywhere in a word and reports which neighbouring pairs disappeared and appeared. */
function mergePair(
  { symbols, count }: CountedWord,
  { left, right, result }: Merge,
  word: number,
  change: (pair: number, by: number, word: number) => void,
): void {
  let to = 0;
  for (let from = 0; from < symbols.length; from++) {
    if (symbols[from] !== left || symbols[from + 1] !== right) {
      symbols[to++] = symbols[from];
      continue;
    }
    if (to > 0) {
      change(pairOf(symbols[to - 1], left), -count, word);
      change(pairOf(symbols[to - 1], result), count, word);
    }
    from++;
    if (from + 1 < symbols.length) {
      change(pairOf(right, symbols[from + 1]), -count, word);
      change(pairOf(result, symbols[from + 1]), count, word);
    }
    symbols[to++] = result;
  }
  symbols.length = to;
}
