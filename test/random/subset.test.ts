import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Stream } from "../../lib/random/stream";

/** Floyd's method as published, with a set. */
function floyd(n: number, count: number, stream: Stream): number[] {
  const chosen = new Set<number>();
  for (let j = n - count; j < n; j++) {
    const pick = stream.integer(j + 1);
    chosen.add(chosen.has(pick) ? j : pick);
  }
  return [...chosen].sort((a, b) => a - b);
}

test("subset(n, count) is Floyd's choice, ascending, whether it is dense or sparse", () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const count = Math.round(share * share * n);
      const stream = () => new Stream(["subset", n, count]);
      assert.deepEqual([...stream().subset(n, count)], floyd(n, count, stream()));
    }),
  );
});
