import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import type { Row } from "../../lib/metrics/row";
import { accumulate, replace } from "../../lib/pool/regimes";
import { addressOf } from "../../lib/store/address";
import { isOwned } from "../../lib/store/claim";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";
import { type SessionStubs, testSession } from "./support";

function opened(store = RunStore.open(temporaryFolder()), signal = new AbortController().signal) {
  const updates: [task: string, done: number, total: number][] = [];
  const update: SessionStubs["update"] = (task, done, total) =>
    void updates.push([task, done, total]);
  return { ...testSession({ store, signal, update }), updates };
}

const ROWS: Row[] = [
  { regime: "replace", T: 10, mean: 0.1 + 0.2, note: 'ü "quoted"\n' },
  { regime: "accumulate", T: 5e-324, mean: -1e300, note: null },
];

test("rows are computed once, and read back equal to the last bit, in any session of the store", async () => {
  const { session, store } = opened();
  let calls = 0;
  const compute = () => {
    calls += 1;
    return ROWS;
  };
  const key = { name: "test", version: 1, seeds: [0, 1] };
  assert.deepEqual(await session.rows(key, compute), ROWS);
  assert.deepEqual(await session.rows({ seeds: [0, 1], version: 1, name: "test" }, compute), ROWS);
  assert.deepEqual(await opened(store).session.rows(key, async () => compute()), ROWS);
  assert.equal(calls, 1);
  const manifest = store.read("rows", addressOf({ what: "rows", ...key }));
  assert.deepEqual(manifest.result, { rows: 2 });
  assert.deepEqual(manifest.identity, { what: "rows", ...key });
});

test("any change of the key computes anew and leaves the old rows", async () => {
  const { session, store } = opened();
  const keys = [{ a: 1 }, { a: 2 }, { a: "1" }, { b: 1 }, { a: 1, b: 1 }];
  for (const [i, key] of keys.entries())
    assert.deepEqual(await session.rows(key, () => [{ i }]), [{ i }]);
  assert.equal(store.list("rows").length, keys.length);
  assert.deepEqual(await session.rows(keys[0], () => assert.fail("computed again")), [{ i: 0 }]);
});

test("no rows are a result too; rows whose computation fails are none, and the next one may try", async () => {
  const { session, store } = opened();
  assert.deepEqual(await session.rows({ none: true }, () => []), []);
  await assert.rejects(
    session.rows({ a: 1 }, () => Promise.reject(new Error("out of luck"))),
    { message: "out of luck" },
  );
  assert.equal(store.list("rows").length, 1);
  const [draft] = fs.readdirSync(store.drafts);
  assert.equal(isOwned(path.join(store.drafts, draft)), false);
  assert.deepEqual(await session.rows({ a: 1 }, () => ROWS), ROWS);
});

test("rows cut short on the disk are refused with a sentence, not read in part", async () => {
  const { session, store } = opened();
  await session.rows({ a: 1 }, () => ROWS);
  const folder = store.folder("rows", addressOf({ what: "rows", a: 1 }));
  fs.truncateSync(path.join(folder, "rows.jsonl"), 10);
  await assert.rejects(
    session.rows({ a: 1 }, () => ROWS),
    {
      name: "UserError",
      message: /rows\.jsonl has 10 bytes instead of \d+.*prune --damaged/,
    },
  );
});

const gaussian = (items = 8, iterations = 3) =>
  [replace, accumulate].map((regime) =>
    chain({
      task: gaussianTask,
      config: { data: { trainItems: items } },
      regime,
      seed: 0,
      iterations,
    }),
  );

test("chains go through the loop: progress under their title, and a last word that no rerun changes", async () => {
  const { session, store, updates, finished } = opened();
  const [a, b] = await session.chains("Toy", gaussian());
  assert.deepEqual(
    [a, b].map(({ generations }) => generations.map(({ n }) => n)),
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  );
  assert.ok(updates.every(([task]) => task === "Toy"));
  const [, done, total] = updates.at(-1) ?? [];
  // Trained on plus sampled: iteration 1 once, then 8 + 8 twice, and 16 + 8 and 24 + 8.
  assert.equal(total, 16 + 2 * 16 + 24 + 32);
  assert.ok(Math.abs((done ?? 0) - total) < 1e-9);
  const again = opened(store);
  await again.session.chains("Toy", gaussian());
  assert.deepEqual(again.updates, []);
  assert.deepEqual(finished, ["Toy: 5 generations in the run store"]);
  assert.deepEqual(again.finished, finished);
});

test("a session whose signal is aborted runs no chain and says that it was stopped", async () => {
  const controller = new AbortController();
  controller.abort();
  const { session, store, finished } = opened(RunStore.open(temporaryFolder()), controller.signal);
  await assert.rejects(session.chains("Toy", gaussian()), { name: "Cancelled", exitCode: 130 });
  await assert.rejects(
    session.rows({ a: 1 }, () => ROWS),
    { name: "Cancelled" },
  );
  assert.deepEqual([store.list("fit"), store.list("rows"), finished], [[], [], []]);
});
