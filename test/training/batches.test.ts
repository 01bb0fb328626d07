import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Stream } from "../../lib/random/stream";
import { Batches } from "../../lib/training/batches";
import { stepsOf } from "../../lib/training/steps";

const order = new Stream(["order"]);

test("Each epoch sees every item at most once, in whole batches; fewer items than a batch come all at once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), (items, size) => {
      const batches = new Batches(items, size, order);
      assert.equal(batches.size, Math.min(items, size));
      assert.equal(batches.perEpoch, Math.max(1, Math.floor(items / size)));
      for (const epoch of [0, 1]) {
        const seen = Array.from({ length: batches.perEpoch }, (_, k) => [
          ...batches.at(epoch * batches.perEpoch + k),
        ]);
        for (const batch of seen) assert.equal(batch.length, batches.size);
        const all = seen.flat();
        assert.equal(new Set(all).size, all.length);
        assert.ok(all.every((item) => item >= 0 && item < items));
      }
    }),
  );
});

test("A batch depends on the step alone, not on which were asked for before; epochs differ in order", () => {
  const batches = new Batches(10, 2, order);
  const forwards = Array.from({ length: 10 }, (_, step) => [...batches.at(step)]);
  for (let step = 9; step >= 0; step--) {
    assert.deepEqual([...batches.at(step)], forwards[step]);
    assert.deepEqual([...new Batches(10, 2, order).at(step)], forwards[step]);
  }
  assert.notDeepEqual(forwards.slice(0, 5), forwards.slice(5));
});

test("Steps of a fit: as given, or this many passes of whole batches, at least one", () => {
  assert.equal(stepsOf({ steps: 100, batchSize: 4 }, 1000), 100);
  assert.equal(stepsOf({ steps: 100, epochs: 3, batchSize: 4 }, 42), 3 * 10);
  assert.equal(stepsOf({ epochs: 3, batchSize: 4 }, 3 * 42), 3 * 31);
  assert.equal(stepsOf({ epochs: 0.25, batchSize: 4 }, 10), 1);
  assert.equal(stepsOf({ epochs: 5, batchSize: 4 }, 3), 5);
  assert.throws(() => stepsOf({ batchSize: 4 }, 3), /steps or of epochs/);
});
