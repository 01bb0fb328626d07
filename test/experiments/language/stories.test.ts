import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeNpy, encodeNpy } from "../../../lib/experiments/language/arrays";
import { binShares, histogram } from "../../../lib/experiments/language/histogram";
import {
  STORY_SCHEMA,
  storiesIn,
  storyBatch,
  storyGroups,
  withoutEnd,
} from "../../../lib/experiments/language/stories";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";

const stories = fc.array(
  fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 30 }),
  {
    minLength: 1,
    maxLength: 600,
  },
);

test("stories go into a batch and come out of it as they were", () => {
  fc.assert(
    fc.property(stories, (list) => {
      assert.deepEqual(
        storiesIn(storyBatch(list)).map((s) => [...s]),
        list,
      );
    }),
    { numRuns: 50 },
  );
});

test("groups hold the first stories in order, at most this many tokens each unless one story is longer", () => {
  fc.assert(
    fc.property(
      stories,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 90 }),
      (list, context, tokens) => {
        const count = Math.ceil(list.length / 2);
        const found = [
          ...storyGroups(new MemoryBlock(STORY_SCHEMA, storyBatch(list)), count, context, tokens),
        ];
        assert.deepEqual(
          found.flat().map((s) => [...s]),
          list.slice(0, count),
        );
        for (const group of found) {
          const size = group.reduce((sum, s) => sum + Math.min(s.length, context), 0);
          assert.ok(group.length === 1 || size <= tokens);
        }
        // No group could have taken the next one's first story.
        for (let i = 1; i < found.length; i++) {
          const size = found[i - 1].reduce((sum, s) => sum + Math.min(s.length, context), 0);
          assert.ok(size + Math.min(found[i][0].length, context) > tokens);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("the end of a story is one final token 0; a cut story has none", () => {
  assert.deepEqual([...withoutEnd(Uint16Array.of(5, 0))], [5]);
  assert.deepEqual([...withoutEnd(Uint16Array.of(5, 0, 7))], [5, 0, 7]);
  assert.deepEqual([...withoutEnd(Uint16Array.of(0))], []);
});

test("a histogram counts each finite value once, in the bin that holds it", () => {
  assert.deepEqual(histogram([1.01, 1.04, 1.05, 1.19, Number.POSITIVE_INFINITY], 0.05), {
    from: 1,
    width: 0.05,
    counts: "2 1 0 1",
  });
  assert.deepEqual(histogram([Number.POSITIVE_INFINITY], 1).counts, "");
  assert.deepEqual(binShares([]), { x: [], y: [] });
  const two = [histogram([0.5, 2.5], 1), histogram([-0.5, 0.5], 1)];
  assert.deepEqual(binShares(two.map((h) => ({ ...h }))), {
    // Not the empty bin at 1.5: a logarithmic axis has no place for it.
    x: [-0.5, 0.5, 2.5],
    y: [0.25, 0.5, 0.25],
  });
});

test("numbers come back from a NumPy file bit by bit", () => {
  const numbers = Float64Array.of(Math.PI, -0, 1e-300);
  assert.deepEqual(decodeNpy(encodeNpy("float64", numbers)), numbers);
  const counts = Int32Array.of(-1, 2 ** 31 - 1);
  assert.deepEqual(decodeNpy(encodeNpy("int32", counts)), counts);
});

test("a damaged NumPy file is refused with a sentence", () => {
  const file = encodeNpy("int32", Int32Array.of(1));
  for (const length of [0, 9, 11, 40])
    assert.throws(
      () => decodeNpy(file.subarray(0, length), "x.npy"),
      /^UserError: x\.npy is (not|truncated)/,
    );
});
