import assert from "node:assert/strict";
import * as fs from "node:fs";
import { test } from "node:test";
import { runOwn } from "../../../lib/experiments/own/runOwn";
import { npyHeader } from "../../../lib/pool/npy";
import { RunStore } from "../../../lib/store/runStore";
import { fileOf } from "../../data/own/support";
import { memoryFolder } from "../../support/temporary";
import { testSession } from "../support";

const SIDE = 8;
const COUNT = 12;
const values = (shift: number) =>
  Uint8Array.from(
    { length: COUNT * SIDE ** 2 },
    (_, i) => (i * i + 31 * Math.floor(i / 64) + shift) % 256,
  );
const array = (shift: number) =>
  Buffer.concat([npyHeader("uint8", COUNT, [SIDE, SIDE]), values(shift)]);

test("images of one's own go through the family; a rerun fits nothing, a changed file is run anew", async () => {
  const store = RunStore.open(memoryFolder());
  const file = fileOf("tiles.npy", array(0));
  const run = () =>
    runOwn(file, { minutes: 1e-6, iterations: 2, seeds: 1 }, testSession({ store }).session);
  const { provenance, rows, figures, claims } = await run();
  assert.equal(provenance.dataset, "tiles.npy (8 / 2)");
  const metrics = rows.filter(({ kind }) => kind === "metrics");
  assert.deepEqual(
    metrics.map(({ iteration, trainingItems }) => [iteration, trainingItems]),
    // Replace, accumulate and accumulate-subsample; the model of real data is one and the same.
    [8, 16, 8].flatMap((items) => [
      [0, 8],
      [1, items],
    ]),
  );
  assert.ok(metrics.every(({ loss }) => Number.isFinite(loss)));
  const shown = rows.find(({ kind }) => kind === "samples");
  assert.deepEqual([shown?.width, shown?.height, shown?.channels], [SIDE, SIDE, 1]);
  const words = JSON.stringify([figures.map(({ data, alt }) => [data, alt]), claims]);
  assert.ok(!/published|CelebA/.test(words));
  assert.ok(figures.length >= 5 && claims.length === 7);

  const fits = store.list("fit");
  assert.deepEqual((await run()).rows, rows);
  assert.deepEqual(store.list("fit"), fits);
  fs.writeFileSync(file, array(1));
  assert.notDeepEqual((await run()).rows, rows);
});
