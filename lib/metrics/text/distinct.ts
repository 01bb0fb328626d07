import type { Tokens } from "./ngrams";
import { ngrams } from "./ngrams";

/**
 * distinct-n: different n-grams in all stories together, divided by all n-grams; 0 (all alike) to 1.
 * It falls as a set grows, so compare sets of the same number of tokens. 0 if there is no n-gram.
 */
export function distinctN(stories: Iterable<Tokens>, n: number): number {
  const seen = new Set<string>();
  let all = 0;
  for (const tokens of stories)
    for (const ngram of ngrams(tokens, n)) {
      seen.add(ngram);
      all++;
    }
  return all === 0 ? 0 : seen.size / all;
}
