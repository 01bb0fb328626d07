import { ownCopy } from "./tokenizer";
import { wordEnd } from "./words";

/** How often each word occurs in the texts; holds one text and the distinct words at a time. */
export async function countWords(
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const text of texts)
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = wordEnd(text, at);
      const word = text.slice(at, end);
      const count = counts.get(word);
      if (count === undefined) counts.set(ownCopy(word), 1);
      else counts.set(word, count + 1);
    }
  return counts;
}
