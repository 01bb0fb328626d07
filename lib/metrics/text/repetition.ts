import type { Tokens } from "./ngrams";
import { ngrams } from "./ngrams";

/**
 * How much stories repeat themselves: the share of a story's n-grams that occurred earlier in the same
 * story, averaged over the stories with at least n tokens; 0 if there are none.
 */
export function repetition(stories: Iterable<Tokens>, n = 4): number {
  let sum = 0;
  let count = 0;
  for (const tokens of stories) {
    const all = tokens.length - n + 1;
    if (all < 1) continue;
    sum += 1 - new Set(ngrams(tokens, n)).size / all;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
