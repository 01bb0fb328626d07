import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { before, test } from "node:test";
import { saveOwn } from "../../../lib/experiments/own/report";
import { runOwn } from "../../../lib/experiments/own/runOwn";
import { RunStore } from "../../../lib/store/runStore";
import { fileOf } from "../../data/own/support";
import { memoryFolder } from "../../support/temporary";
import { testSession } from "../support";

const NAMES = [
  "Tom",
  "Lily",
  "Max",
  "Anna",
  "Ben",
  "Mia",
  "Sam",
  "Zoe",
  "Tim",
  "Sue",
  "Leo",
  "Eva",
];
const TEXT = NAMES.map((name) => `${name} had a cat. The cat sat.`).join("\n");
/** The least that is run. */
const LEAST = { minutes: 1e-6, iterations: 2, seeds: 1 };

const store = RunStore.open(memoryFolder());
const file = fileOf("my-cats.txt", TEXT);
const run = async (given = file, options = {}) => {
  const sentences: string[] = [];
  const { session } = testSession({ store });
  const result = await runOwn(given, { ...LEAST, ...options }, session, (one) =>
    sentences.push(one),
  );
  return { ...result, sentences };
};
let first: Awaited<ReturnType<typeof run>>;
let fits: readonly string[];
before(async () => {
  first = await run();
  fits = store.list("fit");
});

test("a text of one's own goes through the family: rows, figures and claims, nothing published", () => {
  const { name, provenance, rows, figures, claims, sentences } = first;
  assert.equal(name, "my-cats");
  assert.equal(provenance.dataset, "my-cats.txt (8 / 2)");
  assert.match(sentences[0], /^my-cats\.txt: 12 stories \(one a line/);
  assert.match(
    sentences[1],
    /^The smallest run takes about 1 minute, a little longer than the 1 minute asked for; fewer/,
  );
  assert.match(
    sentences[2],
    /trained on 8, tested on 2; replace, accumulate-subsample, accumulate; 2/,
  );
  const metrics = rows.filter(({ kind }) => kind === "metrics");
  // Model 1 is the same under all three regimes.
  assert.equal(metrics.length, 6);
  assert.ok(metrics.every(({ loss }) => Number.isFinite(loss)));
  assert.deepEqual(
    metrics.filter(({ iteration }) => iteration === 2).map((row) => row.trainingItems),
    [8, 8, 16],
  );
  assert.ok(claims.length >= 5 && claims.every((claim) => claim.published === undefined));
  assert.ok(figures.length >= 6);
  assert.ok(!JSON.stringify(figures.map(({ data }) => data)).includes("published"));
});

test("the report names data, what was read, figures and claims, and replaces no other README.md", async () => {
  const folder = path.join(memoryFolder(), "results");
  const save = () => saveOwn(first, folder, "npm run own -- my-cats.txt", { CHROMIUM: "none" });
  await save();
  await save();
  const report = fs.readFileSync(path.join(folder, "README.md"), "utf8");
  assert.match(report, /^# Own data: my-cats\.txt \(8 \/ 2\)\n/);
  for (const text of ["npm run own -- my-cats.txt", ...first.said, first.claims[0].statement])
    assert.ok(report.includes(text), text);
  for (const { name } of first.figures) {
    assert.ok(report.includes(`](${name}.png)`), name);
    assert.ok(fs.existsSync(path.join(folder, `${name}.json`)), name);
  }
  const records = fs.readFileSync(path.join(folder, "records.jsonl"), "utf8");
  assert.equal(records.trim().split("\n").length, first.rows.length);
  fs.writeFileSync(path.join(folder, "README.md"), "# My project\n");
  await assert.rejects(save(), /README\.md is no report of own data, and would be overwritten/);
});

test("with nothing changed all comes from the store, also under another name", async () => {
  const again = await run();
  assert.deepEqual(again.rows, first.rows);
  assert.deepEqual(again.said, first.said);
  const renamed = path.join(path.dirname(file), "renamed.txt");
  fs.copyFileSync(file, renamed);
  assert.deepEqual((await run(renamed)).rows, first.rows);
  assert.deepEqual(store.list("fit"), fits);
});

test("a changed file is noticed, and has results of its own", async () => {
  fs.writeFileSync(file, TEXT.replace("Tom", "Tod"));
  const { rows } = await run();
  assert.notDeepEqual(rows, first.rows);
  assert.ok(store.list("fit").length > fits.length);
});

test("minutes, iterations and seeds that are none are refused", async () => {
  const wrong = { minutes: 0, iterations: 1, seeds: 1.5 };
  for (const [key, value] of Object.entries(wrong))
    await assert.rejects(run(file, { [key]: value }), {
      name: "UserError",
      message: new RegExp(`^The ${key} must be a (whole )?number .*, not ${value}\\.$`),
    });
});
