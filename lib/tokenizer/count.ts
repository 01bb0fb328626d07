import { wordEnd } from "./words";
import { WordTable } from "./wordTable";

/** Counts how often each word occurs. Holds one text and the distinct words in memory. */
export async function countWords(
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<Map<string, number>> {
  const table = new WordTable();
  let counts = new Float64Array(1 << 15);
  for await (const text of texts)
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = wordEnd(text, at);
      const word = table.find(text, at, end);
      if (word >= counts.length) {
        const wider = new Float64Array(2 * counts.length);
        wider.set(counts);
        counts = wider;
      }
      counts[word]++;
    }
  return new Map(Array.from({ length: table.size }, (_, word) => [table.word(word), counts[word]]));
}
