import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wordEnd } from "../../lib/tokenizer/words";

/** GPT-2's pattern with `\s` as Unicode's White_Space: the definition. */
const PATTERN =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

function words(text: string): string[] {
  const found: string[] = [];
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = wordEnd(text, at);
    found.push(text.slice(at, end));
  }
  return found;
}

/** Texts that meet every branch of the pattern often. */
const text = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(..."'strevmlldSaé中1٣²!?. \n\t\u0085\u00a0\ufeff\u3000"),
      },
      fc.constantFrom("'s", "'ll", " '", "  ", "😀", "𐐀", "𝟘", "e\u0301", "\ud800", "\udc00"),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

test("words: as GPT-2's pattern splits, lone surrogates included", () => {
  fc.assert(
    fc.property(text, (some) => {
      assert.deepEqual(words(some), some.match(PATTERN) ?? []);
    }),
    { numRuns: 3000 },
  );
});

test("words: code points are of the kind that the pattern says, all below U+3100, then each 13th", () => {
  const all: string[] = [];
  for (let point = 0; point < 0x110000; point += point < 0x3100 ? 1 : 13)
    all.push(`a${String.fromCodePoint(point)}1`);
  const joined = all.join("\n");
  let end = 0;
  for (const { 0: word, index } of joined.matchAll(PATTERN)) {
    assert.equal(index, end);
    end = wordEnd(joined, index);
    if (end !== index + word.length) assert.fail(`at ${JSON.stringify(word)}`);
  }
  assert.equal(end, joined.length);
});

test("words: the spaces before a word are split off, but for the last", () => {
  assert.deepEqual(words("a   b \n c  "), ["a", "  ", " b", " \n", " c", "  "]);
  assert.deepEqual(words("We'll 'll don't'S"), ["We", "'ll", " '", "ll", " don", "'t", "'", "S"]);
});
