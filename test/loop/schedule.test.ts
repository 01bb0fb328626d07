import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { schedule } from "../../lib/loop/schedule";
import type { Stage } from "../../lib/loop/stages";
import type { Work } from "../../lib/loop/work";

const stage = (kind: Stage["kind"], address: string): Stage => ({
  kind,
  name: kind,
  identity: {},
  address,
});

/** A job of iteration 1 that makes a fit, a block of its own, and an evaluation that all share. */
function work(name: string, fit: string): Work {
  const block = stage("block", `${name} block`);
  const stages = { fit: stage("fit", fit), block, evaluations: [] };
  const job = { id: name, needs: [], generation: { n: 1 }, stages } as unknown as Work["job"];
  return { job, unfinished: [stages.fit, block, stage("evaluation", "of the data")], cost: 1 };
}

/** The largest number of jobs that ran at once, and which ones ever ran together. */
async function together(works: readonly Work[], concurrency: number) {
  const running = new Set<string>();
  const pairs = new Set<string>();
  let most = 0;
  await schedule(works, concurrency, new AbortController(), async ({ job }) => {
    for (const other of running) pairs.add([job.id, other].sort().join());
    running.add(job.id);
    most = Math.max(most, running.size);
    await setImmediate();
    running.delete(job.id);
  });
  return { most, pairs };
}

test("jobs that share no more than an evaluation of the data run side by side", async () => {
  const { most } = await together([work("a", "1"), work("b", "2"), work("c", "3")], 3);
  assert.equal(most, 3);
});

test("a job whose fit another one is making waits for it; the rest goes on", async () => {
  const { most, pairs } = await together([work("a", "1"), work("b", "1"), work("c", "2")], 3);
  assert.equal(most, 2);
  assert.ok(!pairs.has("a,b"));
});
