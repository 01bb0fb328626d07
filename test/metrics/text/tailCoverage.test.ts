import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../../lib/errors";
import { tailCoverage } from "../../../lib/metrics/text/index";
import { Stream } from "../../../lib/random/stream";

test("the tail is the types that occur at most c times, c the smallest that reaches the share", () => {
  // Unigram counts: a 3, b 2, c 1, d 1.
  const real = [
    [1, 1, 1, 2],
    [2, 3, 4],
  ];
  const other = [[3, 3, 2, 9, 9, 9, 9]];
  const at = (share: number) => tailCoverage(real, other, { n: 1, share });
  assert.deepEqual(at(0.25), { covered: 1 / 2, types: 2, maxCount: 1, positions: 7 });
  assert.deepEqual(at(0.5), { covered: 1 / 2, types: 2, maxCount: 1, positions: 7 });
  assert.deepEqual(at(0.51), { covered: 1 - 1 / 3, types: 3, maxCount: 2, positions: 7 });
  assert.deepEqual(at(1), { covered: 1 / 2, types: 4, maxCount: 3, positions: 7 });
});

test("both sets are cut to the same number of n-grams, which do not cross stories", () => {
  const real = [[1, 2, 3], [4], [5, 6]];
  const other = [
    [5, 6],
    [1, 2, 3, 1, 2],
  ];
  // Bigrams: 12 23 56 against 56 12 23 31 12, of which the first three count.
  assert.deepEqual(tailCoverage(real, other, { n: 2 }), {
    covered: 1,
    types: 3,
    maxCount: 1,
    positions: 3,
  });
  assert.deepEqual(tailCoverage(real, other, { n: 2, positions: 2 }), {
    covered: 1 / 2,
    types: 2,
    maxCount: 1,
    positions: 2,
  });
  assert.throws(() => tailCoverage(real, other, { n: 2, positions: 4 }), UserError);
  assert.throws(() => tailCoverage(real, [[1]], { n: 2 }), UserError);
  assert.throws(() => tailCoverage(real, other, { share: 0 }), RangeError);
});

test("a set covers its own tail, a set with other tokens nothing", () => {
  const stories = fc.array(fc.array(fc.nat(20), { minLength: 3 }), { minLength: 1 });
  fc.assert(
    fc.property(stories, fc.double({ min: 0.01, max: 1, noNaN: true }), (real, share) => {
      assert.equal(tailCoverage(real, real, { share }).covered, 1);
      const moved = real.map((story) => story.map((token) => token + 100));
      assert.equal(tailCoverage(real, moved, { share }).covered, 0);
    }),
  );
});

test("independent draws: a rare token is covered with probability 1 − (1 − p)^m", () => {
  // Token 0 nearly always; each of 1 … 2000 with p = 1/10,000. All types seen are equally rare but 0.
  const draw = (name: string) => {
    const stream = new Stream([name]);
    return [
      Array.from({ length: 10_000 }, () => (stream.uniform() < 0.2 ? 1 + stream.integer(2000) : 0)),
    ];
  };
  const { covered, types, maxCount } = tailCoverage(draw("real"), draw("sampled"), {
    n: 1,
    share: 0.9,
  });
  const p = 1 - (1 - 1 / 10_000) ** 10_000;
  assert.ok(maxCount >= 1 && types > 1000);
  assert.ok(Math.abs(covered - p) < 4 * Math.sqrt((p * (1 - p)) / types), `${covered}, not ${p}`);
});
