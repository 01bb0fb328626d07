import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { chainRows } from "../../lib/experiments/chainRows";
import type { PresetName } from "../../lib/experiments/experiment";
import { hasRecords, loadRecords, presetFolder, saveRecords } from "../../lib/experiments/records";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import type { ChainResult } from "../../lib/loop/chain";
import type { Row } from "../../lib/metrics/row";
import { accumulate } from "../../lib/pool/regimes";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

const usual = presetFolder("laptop");
process.env.COLLAPSE_LAB_FIGURES = temporaryFolder();
const file = (preset: PresetName) => path.join(presetFolder(preset), "records", "toy.jsonl");

test("what a preset leaves lies in figures/PRESET of the project, or where COLLAPSE_LAB_FIGURES says", () => {
  if (!process.env.COLLAPSE_LAB_FIGURES) assert.fail();
  assert.equal(usual, path.join(projectRoot(), "figures", "laptop"));
  assert.equal(presetFolder("quick"), path.join(process.env.COLLAPSE_LAB_FIGURES, "quick"));
});

test("load(save(rows)) = rows, one JSON object a line, for each preset by itself", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => x + 0), // JSON has one zero.
    fc.constant(null),
  );
  const row = fc.dictionary(fc.stringMatching(/^[a-zA-Z]+$/), cell);
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      saveRecords("quick", "toy", rows);
      assert.deepEqual(
        loadRecords("quick", "toy"),
        rows.map((r) => ({ ...r })),
      );
      assert.equal(fs.readFileSync(file("quick"), "utf8").split("\n").length, rows.length + 1);
    }),
    { numRuns: 40 },
  );
  assert.deepEqual([hasRecords("quick", "toy"), hasRecords("laptop", "toy")], [true, false]);
});

test("the same records again leave the file alone; others replace it", () => {
  saveRecords("laptop", "toy", [{ a: 1 }]);
  const old = new Date(0);
  fs.utimesSync(file("laptop"), old, old);
  saveRecords("laptop", "toy", [{ a: 1 }]);
  assert.equal(fs.statSync(file("laptop")).mtimeMs, 0);
  saveRecords("laptop", "toy", [{ a: 2 }]);
  assert.deepEqual(loadRecords("laptop", "toy"), [{ a: 2 }]);
});

test("missing and damaged records are sentences that name the file and what makes it", () => {
  const how = /npm run reproduce -- --preset paper --only toy$/;
  assert.throws(() => loadRecords("paper", "toy"), { name: "UserError", message: how });
  saveRecords("paper", "toy", [{ a: 1 }, { a: 2 }]);
  fs.truncateSync(file("paper"), 10);
  assert.throws(
    () => loadRecords("paper", "toy"),
    (error: Error) => {
      assert.ok(error.message.startsWith(`The records ${file("paper")} are damaged.`));
      assert.match(error.message, how);
      return true;
    },
  );
});

test("chain rows: kind, variant, regime, seed, iteration counted from 0 or 1, items, share of real ones, metrics, run", () => {
  const spec = {
    task: gaussianTask,
    config: { data: { trainItems: 10 } },
    regime: accumulate,
    seed: 4,
  };
  const result = {
    chain: { ...spec, iterations: 2 },
    generations: [
      { n: 1, fit: "aa", metrics: { loss: 1.5 }, trainedOn: { 1: 10 } },
      { n: 2, fit: "bb", metrics: { loss: 1.7 }, trainedOn: { 1: 10, 2: 30 } },
      { n: 3, fit: "cc", metrics: { loss: 1.9 }, trainedOn: { 3: 10 } },
    ],
  } as unknown as ChainResult;
  const row = (iteration: number, trainingItems: number, realShare: number, rest: Row) => ({
    ...{ kind: "metrics", variant: "main", regime: "accumulate", seed: 4, iteration },
    ...{ trainingItems, realShare },
    ...rest,
  });
  assert.deepEqual(chainRows([result], 0), [
    row(0, 10, 1, { loss: 1.5, run: "aa" }),
    row(1, 40, 0.25, { loss: 1.7, run: "bb" }),
    row(2, 10, 0, { loss: 1.9, run: "cc" }),
  ]);
  assert.equal(chainRows([result], 0, "cold")[0].variant, "cold");
  assert.deepEqual(
    chainRows([result, result], 1).map((r) => r.iteration),
    [1, 2, 3, 1, 2, 3],
  );
});
