import { wordsOf } from "./words";

/**
 * Share of the words in the texts, each occurrence counted, that are in a vocabulary (that of the
 * real training text, from `vocabularyOf`). 0 if the texts have no word.
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
