import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countWords } from "../../lib/tokenizer/count";
import { wordEnd } from "../../lib/tokenizer/words";
import { WordTable } from "../../lib/tokenizer/wordTable";

/** Words by their numbers, as a map would give them. */
function numbered(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const word of words) if (!numbers.has(word)) numbers.set(word, numbers.size);
  return numbers;
}

test("words have the numbers that a map gives them, whatever characters, lone surrogates too", () => {
  const word = fc.array(fc.constantFrom("a", "b", "é", "🐈", "\ud83d", "\0"), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (lists) => {
      const words = lists.map((list) => list.join(""));
      const text = words.join("");
      const table = new WordTable();
      for (const round of [1, 2]) {
        const numbers = numbered(words);
        let at = 0;
        for (const one of words) {
          const found = table.find(text, at, at + one.length);
          at += one.length;
          assert.equal(found, numbers.get(one), `round ${round}`);
          assert.equal(table.word(found), one);
        }
        assert.equal(table.size, numbers.size);
        if (round === 1) table.clear();
      }
    }),
  );
});

test("a table of 200,000 words grows and keeps them all", () => {
  const table = new WordTable();
  const word = (i: number) => `${i}${"z".repeat(i % 3)}`;
  for (let i = 0; i < 200_000; i++) assert.equal(table.find(word(i), 0, word(i).length), i);
  for (let i = 0; i < 200_000; i += 7) {
    assert.equal(table.find(`x${word(i)}y`, 1, 1 + word(i).length), i);
    assert.equal(table.word(i), word(i));
  }
  assert.equal(table.size, 200_000);
});

test("words are counted as a map counts the parts of the texts", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary", maxLength: 40 })), async (texts) => {
      const counts = new Map<string, number>();
      for (const text of texts)
        for (let at = 0, end = 0; at < text.length; at = end) {
          end = wordEnd(text, at);
          const word = text.slice(at, end);
          counts.set(word, (counts.get(word) ?? 0) + 1);
        }
      assert.deepEqual([...(await countWords(texts))], [...counts]);
    }),
    { numRuns: 20 },
  );
});
