import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { after, test } from "node:test";
import { EXPERIMENTS } from "../../lib/experiments/registry";
import { temporaryFolder } from "../support/temporary";
import { command } from "./inProcess";

const figures = temporaryFolder();
const runs = path.join(temporaryFolder(), "runs");
const before = { ...process.env };
process.env.COLLAPSE_LAB_FIGURES = figures;
process.env.COLLAPSE_LAB_RUNS = runs;
after(() => {
  process.env = before;
});

test("--dry-run prints for each family what would run", async () => {
  const { lines, sentence, code } = await command("reproduce", "--preset", "paper", "--dry-run");
  assert.deepEqual([sentence, code], ["", 0]);
  const text = lines.join("\n");
  for (const { title } of EXPERIMENTS)
    assert.match(text, new RegExp(`^${title}, preset paper$`, "m"));
  assert.match(text, /list_eval_partition\.txt: (not here, and without an address|here already)/);
  // Figure 2 and Table 2 of the paper: 98 different models, none of them made yet.
  assert.match(text, /Generations {2}98, of which 0 are finished in the run store/);
  assert.match(
    text,
    /TinyStories-train\.txt: (to be downloaded from huggingface\.co|here already)/,
  );
  for (const name of ["To do", "Disk", "Time", "Data"])
    assert.equal(text.match(new RegExp(`^ {2}${name} `, "gm"))?.length, EXPERIMENTS.length, name);
  assert.match(
    text,
    /In all about [\d,.]+ hours \([\d,.]+ days\) and \d+ GB\. Nothing was computed/,
  );
  assert.deepEqual(fs.readdirSync(figures), []);
  assert.deepEqual(fs.readdirSync(runs), ["store.json"]);
});
