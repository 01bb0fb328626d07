import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../../lib/errors";
import {
  distinctN,
  endedShare,
  knownWords,
  repetition,
  storyLength,
  vocabularyOf,
  wordsOf,
} from "../../../lib/metrics/text/index";
import { countNgrams, tokenKey } from "../../../lib/metrics/text/ngrams";

const tokens = fc.array(fc.nat(65535), { maxLength: 30 });

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

test("n-grams are the windows of a story, whatever its tokens (surrogates and 0 among them)", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 0xd800, 0xdc00, 0xffff)), fc.nat(4), (story, k) => {
      const n = k + 1;
      const expected = new Map<string, number>();
      for (let i = 0; i + n <= story.length; i++) {
        const key = story.slice(i, i + n).join();
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const counts = countNgrams(story, n);
      const found = [...counts].map(([key, count]) => [
        Array.from({ length: n }, (_, i) => key.charCodeAt(i)).join(),
        count,
      ]);
      assert.deepEqual(new Map(found as [string, number][]), expected);
    }),
  );
  assert.equal(tokenKey(new Uint16Array(200_000)).length, 200_000);
});

test("what is not a token is refused", () => {
  for (const bad of [-1, 65536, 1.5, Number.NaN])
    assert.throws(() => distinctN([[0, bad]], 1), RangeError);
  assert.throws(() => distinctN([[0]], 0), RangeError);
});

test("distinct-n: different n-grams / all n-grams, over all stories together", () => {
  near(distinctN([[1, 2, 1, 2]], 1), 2 / 4);
  near(distinctN([[1, 2, 1, 2]], 2), 2 / 3);
  near(distinctN([[1, 2], Uint16Array.of(1, 2), [2, 1], [3]], 2), 2 / 3);
  near(distinctN([new Array(100).fill(7)], 3), 1 / 98);
  assert.equal(distinctN([[1, 2], []], 3), 0);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(65535), { minLength: 3 }), (story) => {
      assert.equal(distinctN([story], 3), 1);
      near(distinctN([story, story], 3), 1 / 2);
    }),
  );
});

test("repetition: the share of a story's n-grams that occurred in it before, averaged over stories", () => {
  near(repetition([[1, 2, 3, 4, 5]]), 0);
  near(repetition([new Array(10).fill(1)]), 1 - 1 / 7);
  // 1 2 1 2 1: bigrams 12 21 12 21, half of them seen before; the other story has none.
  near(repetition([[1, 2, 1, 2, 1], [1, 2], [9]], 2), (1 / 2 + 0) / 2);
  assert.equal(repetition([[1, 2, 3]]), 0);
  fc.assert(
    fc.property(fc.array(tokens), (stories) => {
      const value = repetition(stories, 2);
      assert.ok(value >= 0 && value < 1);
    }),
  );
});

test("length: tokens without the final end of text", () => {
  const { mean, sd, n } = storyLength([[5, 6, 0], [5, 6, 7, 8], [0], []]);
  // Lengths 2, 4, 0, 0.
  near(mean, 6 / 4);
  near(sd ?? Number.NaN, Math.sqrt((0.25 + 6.25 + 2.25 + 2.25) / 3));
  assert.equal(n, 4);
  near(storyLength([[0, 0]]).mean, 1);
  near(storyLength([[5, 3]], 3).mean, 1);
  assert.throws(() => storyLength([]), UserError);
});

test("ended: the share of stories whose last token is the end of text", () => {
  near(endedShare([[1, 0], [0], [0, 1], []]), 2 / 4);
  near(endedShare([[1, 3]], 3), 1);
  assert.throws(() => endedShare([]), UserError);
});

test("words are lowered runs of letters, and known if they are in the real text", () => {
  assert.deepEqual(wordsOf('"Oh, Zoë! Don\'t," 7 said.\nÀ la 2nd'), [
    "oh",
    "zoë",
    "don",
    "t",
    "said",
    "à",
    "la",
    "nd",
  ]);
  const vocabulary = vocabularyOf(["The cat sat.", "A dog!"]);
  assert.deepEqual([...vocabulary].sort(), ["a", "cat", "dog", "sat", "the"]);
  near(knownWords(["The DOG sat on the cta.", "cat"], vocabulary), 5 / 7);
  assert.equal(knownWords(["", "12"], vocabulary), 0);
  assert.equal(knownWords(["the the"], vocabulary), 1);
});
