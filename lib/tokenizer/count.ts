import { copyString } from "./tokenizer";
import { wordEnd } from "./words";

/** Counts how often each word occurs. Holds one text and the distinct words in memory. */
export async function countWords(
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const text of texts)
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = wordEnd(text, at);
      const word = text.slice(at, end);
      const count = counts.get(word);
      if (count === undefined) counts.set(copyString(word), 1);
      else counts.set(word, count + 1);
    }
  return counts;
}
