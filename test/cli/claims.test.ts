import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { beforeEach, test } from "node:test";
import { saveRecords } from "../../lib/experiments/records";
import { asPublished, metricRows } from "../experiments/images/rows";
import { temporaryFolder } from "../support/temporary";
import { command } from "./inProcess";

const SEEDS = [0, 1, 2];
const sound = metricRows(SEEDS, asPublished);
const falling = metricRows(SEEDS, (regime, seed, iteration) => {
  const metrics = asPublished(regime, seed, iteration);
  return regime === "replace" ? { ...metrics, loss: 200 - metrics.loss } : metrics;
});

const folder = temporaryFolder();
process.env.COLLAPSE_LAB_FIGURES = folder;
beforeEach(() => fs.rmSync(path.join(folder, "quick"), { recursive: true, force: true }));
beforeEach(() => fs.rmSync(path.join(folder, "laptop"), { recursive: true, force: true }));

test("without records, claims says which are missing and how to make them", async () => {
  assert.deepEqual(await command("claims", "--only", "images"), {
    lines: [],
    sentence:
      "There are no records of images yet. Make them with: npm run reproduce -- --only images",
    code: 1,
  });
  const { sentence } = await command("claims", "--preset", "laptop", "--only", "images");
  assert.match(
    sentence,
    /no laptop records of images .*reproduce -- --preset laptop --only images/,
  );
});

test("claims prints every claim with its verdict and ends with 0 when none fails", async () => {
  saveRecords("quick", "images", sound);
  const { lines, sentence, code } = await command("claims", "--only", "images");
  assert.deepEqual([sentence, code], ["", 0]);
  assert.deepEqual(lines.slice(0, 2), ["", "Image VAE (preset quick)"]);
  assert.equal(lines.filter((line) => line.startsWith("holds ")).length, 7);
  assert.ok(
    lines.includes(
      "          1.3 [1.225, 1.375], 2 d.f., published 1.163  (images.replace.pixel-error)",
    ),
    lines.join("\n"),
  );
});

test("claims --json: one object a line with exactly the agreed keys, nothing else on the output", async () => {
  saveRecords("quick", "images", sound);
  const { lines, code } = await command("claims", "--only", "images", "--json");
  assert.equal(code, 0);
  assert.equal(lines.length, 7);
  for (const line of lines) {
    const claim = JSON.parse(line);
    assert.deepEqual(Object.keys(claim), [
      ...["id", "statement", "estimate", "low", "high", "degreesOfFreedom", "comparisons"],
      ...["threshold", "side", "published", "verdict", "runs"],
    ]);
    assert.ok(claim.low < claim.estimate && claim.estimate < claim.high);
  }
});

test("claims ends with 1 and names what fails, after printing all; undecided is not a failure", async () => {
  saveRecords("quick", "images", falling);
  const failing = await command("claims", "--only", "images", "--json");
  assert.equal(failing.code, 1);
  assert.equal(failing.lines.length, 7);
  assert.equal(
    failing.sentence,
    "3 of 7 claims fail: images.replace.rises, images.replace.every-step, images.subsample.between.",
  );
  saveRecords("quick", "images", metricRows([0], asPublished));
  const unknown = await command("claims", "--only", "images", "--json");
  assert.equal(unknown.code, 0);
  const claim = JSON.parse(unknown.lines[0]);
  assert.deepEqual([claim.verdict, claim.low, claim.high], ["undecided", null, null]);
});

test("claims takes the larger preset of which there are records, or the one asked for", async () => {
  saveRecords("quick", "images", falling);
  saveRecords("laptop", "images", sound);
  const title = async (...args: string[]) =>
    (await command("claims", "--only", "images", ...args)).lines[1];
  assert.equal(await title(), "Image VAE (preset laptop)");
  assert.equal(await title("--preset", "quick"), "Image VAE (preset quick)");
});

test("damaged records are named together with what makes them anew", async () => {
  saveRecords("quick", "images", sound);
  const file = path.join(folder, "quick", "records", "images.jsonl");
  fs.truncateSync(file, fs.statSync(file).size - 5);
  const { sentence, code } = await command("claims", "--only", "images");
  assert.equal(code, 1);
  assert.ok(sentence.startsWith(`The records ${file} are damaged.`), sentence);
  assert.match(sentence, /npm run reproduce -- --preset quick --only images$/);
});
