import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Merge, MergeTable, mergeWord } from "../../lib/tokenizer/merge";

/** Merges in a random order over two symbols; each new token is spelt by one pair. */
const merges = fc
  .array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 30 })
  .chain((picks) => {
    const found = new Map<string, Merge>();
    for (const [a, b] of picks) {
      const tokens = 2 + found.size;
      const [left, right] = [a % tokens, b % tokens];
      found.set(
        `${left} ${right}`,
        found.get(`${left} ${right}`) ?? { left, right, result: tokens },
      );
    }
    return fc.shuffledSubarray([...found.values()]);
  });

/** The definition: while any pair has a rank, merge the leftmost pair of the lowest. */
function merged(word: readonly number[], ranked: readonly Merge[]): number[] {
  const symbols = [...word];
  for (;;) {
    const ranks = symbols.map((left, i) =>
      ranked.findIndex((merge) => merge.left === left && merge.right === symbols[i + 1]),
    );
    const best = Math.min(...ranks.filter((rank) => rank >= 0));
    if (!Number.isFinite(best)) return symbols;
    symbols.splice(ranks.indexOf(best), 2, ranked[best].result);
  }
}

test("merging a word: the leftmost pair of the lowest rank first, until no pair is left", () => {
  fc.assert(
    fc.property(merges, fc.array(fc.nat({ max: 1 }), { maxLength: 40 }), (ranked, word) => {
      const symbols = Int32Array.from(word);
      const length = mergeWord(symbols, new MergeTable(ranked));
      assert.deepEqual([...symbols.subarray(0, length)], merged(word, ranked));
    }),
    { numRuns: 1000 },
  );
});
