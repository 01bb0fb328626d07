import { wordsOf } from "./words";

/**
 * Share of word occurrences in the texts that are in a vocabulary (the words of the real training
 * text, from `vocabularyOf`); 0 if the texts contain no words.
 */
export function knownWords(texts: Iterable<string>, vocabulary: ReadonlySet<string>): number {
  let known = 0;
  let all = 0;
  for (const text of texts)
    for (const word of wordsOf(text)) {
      if (vocabulary.has(word)) known++;
      all++;
    }
  return all === 0 ? 0 : known / all;
}
