import assert from "node:assert/strict";
import { test } from "node:test";
import { runOwn } from "../../../lib/experiments/own/runOwn";
import { Stream } from "../../../lib/random/stream";
import { RunStore } from "../../../lib/store/runStore";
import { fileOf } from "../../data/own/support";
import { memoryFolder } from "../../support/temporary";
import { testSession } from "../support";

const stream = new Stream(["own table"]);
const lines = Array.from({ length: 25 }, (_, i) => {
  const [a, b, e] = stream.normals(new Float64Array(3));
  return [`house ${i}`, a, b, a - 2 * b + e].join(",");
});
const file = fileOf("houses.csv", ["name,area,rooms,price", ...lines].join("\n"));

test("a table of one's own goes through the family: rows, figures, claims; a rerun fits nothing", async () => {
  const store = RunStore.open(memoryFolder());
  const sentences: string[] = [];
  const run = () =>
    runOwn(
      file,
      { minutes: 1e-6, iterations: 3, seeds: 2, without: ["name"] },
      testSession({ store }).session,
      (sentence) => sentences.push(sentence),
    );
  const { name, provenance, rows, figures, claims } = await run();
  assert.equal(name, "houses");
  assert.match(sentences[0], /^houses\.csv: 25 rows; "price" is explained by "area", "rooms" and/);
  assert.equal(sentences[1], 'Left out as asked: "name".');
  assert.equal(provenance.dataset, "houses.csv (5 / 5)");
  const at = (regime: string, iteration: number) =>
    rows.filter((row) => row.regime === regime && row.iteration === iteration);
  // Three regimes, two seeds, three iterations; all begin with the same fit of the same real rows.
  assert.equal(rows.length, 18);
  assert.equal(new Set(rows.flatMap((r) => (r.iteration === 1 ? [r.testError] : []))).size, 1);
  assert.deepEqual(
    ["replace", "accumulate", "accumulate-subsample"].map(
      (regime) => at(regime, 3)[0].trainingItems,
    ),
    [5, 15, 5],
  );
  const [{ expected, testError, noise, leverage, expectedDrift }] = at("replace", 1);
  assert.deepEqual([expectedDrift, expected], [0, testError]);
  const [later] = at("replace", 3);
  const added = 2 * Number(noise) * Number(leverage);
  assert.ok(Math.abs(Number(later.expected) - Number(testError) - added) < 1e-12);
  assert.equal(at("accumulate-subsample", 3)[0].expected, undefined);
  assert.ok(claims.every((claim) => claim.published === undefined));
  assert.deepEqual([figures.length, claims.length], [2, 6]);

  const fits = store.list("fit");
  assert.deepEqual((await run()).rows, rows);
  assert.deepEqual(store.list("fit"), fits);
});
