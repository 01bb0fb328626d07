import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TimeLeft } from "../../lib/progress/estimate";

/** Seconds left after work that was `done` at each given second. */
function left(total: number, samples: readonly [second: number, done: number][], now?: number) {
  const estimate = new TimeLeft();
  for (const [second, done] of samples) estimate.add(done, second * 1000);
  const last = samples[samples.length - 1]?.[0] ?? 0;
  return estimate.seconds(total, (now ?? last) * 1000);
}

test("work at an even pace takes (total − done) / rate", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 200 }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (n, rate) => {
        const samples = Array.from({ length: n }, (_, i): [number, number] => [i / rate, i]);
        const seconds = left(300, samples)!;
        assert.ok(Math.abs(seconds - (300 - (n - 1)) / rate) < 1e-6 * seconds);
      },
    ),
  );
});

test("slow first steps do not count", () => {
  assert.equal(
    left(10, [
      [0, 0],
      [30, 1],
      [31, 2],
      [32, 3],
    ]),
    7,
  );
});

test("work that was done before the start is not counted as fast", () => {
  assert.equal(
    left(100, [
      [0, 90],
      [1, 91],
      [2, 92],
      [3, 93],
    ]),
    7,
  );
});

test("the recent rate counts when it changes: the last 20 s or the last third", () => {
  // One a second for 30 s, then one every 4 s for 40 s.
  const fast = Array.from({ length: 30 }, (_, i): [number, number] => [i, i]);
  const slow = Array.from({ length: 10 }, (_, i): [number, number] => [33 + 4 * i, 30 + i]);
  const seconds = left(49, [...fast, ...slow])!;
  assert.ok(Math.abs(seconds - 40) < 4, `${seconds} s for 10 steps of 4 s`);
});

test("a task that stands still is seen to take longer and longer", () => {
  const samples: [number, number][] = [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ];
  assert.ok(left(10, samples, 60)! > 5 * left(10, samples, 5)!);
});

test("nothing is said before there is a rate, and 0 when all is done", () => {
  assert.equal(left(10, []), undefined);
  assert.equal(left(10, [[0, 1]]), undefined);
  assert.equal(
    left(10, [
      [0, 1],
      [1, 2],
    ]),
    undefined,
  );
  assert.equal(left(10, [[0, 10]]), 0);
});

test("a task that begins again is measured anew", () => {
  assert.equal(
    left(10, [
      [0, 0],
      [1, 5],
      [2, 10],
      [10, 0],
      [12, 1],
      [14, 2],
      [16, 3],
    ]),
    14,
  );
});
