import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../lib/engine/load";
import { WorkerPool } from "../../lib/engine/parallel/workerPool";
import { UserError } from "../../lib/errors";
import { squaresJob } from "../support/squaresJob";

engine({ threads: 1 });

const WEIGHTS = { w: { shape: [3], data: Float32Array.of(1, 2, 3) } };
const poolOf = (threads: number, job = squaresJob) =>
  new WorkerPool(job, { scale: 2 }, WEIGHTS, threads);

test("Every request gets its own result, with more requests than threads too: Σ (2 wᵢ x)² = 56 x²", async () => {
  const pool = poolOf(2);
  const answers = await Promise.all([1, 2, 3, 4, 5].map((x) => pool.run(x)));
  assert.deepEqual(answers, [56, 224, 504, 896, 1400]);
  pool.dispose();
});

test("A running request reports its progress now and then", async () => {
  const pool = poolOf(1);
  const told: number[] = [];
  assert.equal(await pool.run(0, (done) => void told.push(done)), 0);
  pool.dispose();
  assert.ok(told.length >= 1 && told.length <= 5, told.join(" "));
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
});

test("An error reaches the caller of its request, as it was; other requests get their results", async () => {
  const pool = poolOf(1);
  const [refused, answered] = await Promise.allSettled([pool.run(13), pool.run(1)]);
  assert.ok(refused.status === "rejected" && refused.reason instanceof UserError);
  assert.equal(refused.reason.message, "Thirteen is refused.");
  assert.deepEqual(answered, { status: "fulfilled", value: 56 });
  pool.dispose();
});

test("A job that its module does not export is an error, not a wait", async () => {
  const pool = poolOf(1, { ...squaresJob, name: "absent" });
  await assert.rejects(pool.run(1));
  pool.dispose();
});

test("A thread that exits unexpectedly rejects all requests, instead of leaving them waiting", async () => {
  const pool = poolOf(1);
  await Promise.all(
    [-1, 1].map((x) => assert.rejects(pool.run(x), /exited unexpectedly \(code 3\)/)),
  );
});

test("Disposing rejects requests with the reason, later ones too", async () => {
  const pool = poolOf(1);
  const pending = [pool.run(0), pool.run(1)];
  pool.dispose(new UserError("Enough."));
  for (const one of [...pending, pool.run(2)]) await assert.rejects(one, /Enough/);
});
