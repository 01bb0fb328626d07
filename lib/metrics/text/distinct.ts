import type { Tokens } from "./ngrams";
import { ngrams } from "./ngrams";

/**
 * distinct-n (Li et al. 2016): number of distinct n-grams over the number of n-grams, in all stories
 * together; 0 if there are none. Lower = less varied. It falls as a set grows, so compare sets with the
 * same number of tokens.
 */
export function distinctN(stories: Iterable<Tokens>, n: number): number {
  const types = new Set<string>();
  let all = 0;
  for (const tokens of stories)
    for (const ngram of ngrams(tokens, n)) {
      types.add(ngram);
      all++;
    }
  return all === 0 ? 0 : types.size / all;
}
