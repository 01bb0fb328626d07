import assert from "node:assert/strict";
import { test } from "node:test";
import { int32Scalar, int32Vector } from "../../lib/engine/constants";
import { alive } from "../../lib/engine/memory";
import "./gradients";

test("a constant is made once, a number is not a vector of one, and each has its values", () => {
  assert.equal(int32Vector([3, 4]), int32Vector(Int32Array.of(3, 4)));
  assert.deepEqual([...int32Vector([3, 4]).dataSync()], [3, 4]);
  assert.deepEqual([int32Scalar(3).shape, int32Vector([3]).shape], [[], [1]]);
  assert.deepEqual([int32Scalar(-1).dtype, int32Scalar(-1).dataSync()[0]], ["int32", -1]);
});

test("their number is bounded, and one that was just used is not dropped for the next", () => {
  const before = alive().tfjs;
  for (let i = 0; i < 1000; i++) {
    const used = int32Scalar(7);
    int32Vector([i, i + 1]);
    assert.equal(used.isDisposed, false);
  }
  assert.ok(alive().tfjs - before <= 256);
  assert.equal(int32Scalar(7).dataSync()[0], 7);
});
