import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { presetFolder } from "../../lib/experiments/records";
import { temporaryFolder } from "../support/temporary";
import { command } from "./inProcess";

/** The committed records of the language models alone, in a folder of their own. */
function recordsIn(folder: string): void {
  const committed = path.join(presetFolder("laptop"), "records", "language.jsonl");
  const records = path.join(folder, "laptop", "records");
  fs.mkdirSync(records, { recursive: true });
  fs.copyFileSync(committed, path.join(records, "language.jsonl"));
}

test("--redraw draws figures and report from records and computes nothing", async () => {
  const folder = temporaryFolder();
  const runs = path.join(temporaryFolder(), "runs");
  recordsIn(folder);
  const env = { CHROMIUM: "none", COLLAPSE_LAB_FIGURES: folder, COLLAPSE_LAB_RUNS: runs };
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const args = ["reproduce", "--preset", "laptop", "--only", "language", "--redraw"];
    const { lines } = await command(...args);
    assert.match(lines.join("\n"), /published 1\.37/);
    const drawn = path.join(folder, "laptop", "figure-02-language-models.json");
    const { data } = JSON.parse(fs.readFileSync(drawn, "utf8"));
    assert.ok(data.length > 4);
    assert.match(fs.readFileSync(path.join(folder, "README.md"), "utf8"), /figure-02/);
    const fits = path.join(runs, "fit");
    assert.ok(!fs.existsSync(fits) || fs.readdirSync(fits).length === 0);

    const lost = ["reproduce", "--preset", "laptop", "--only", "images", "--redraw"];
    assert.match((await command(...lost)).sentence, /no laptop records of images/);
  } finally {
    for (const key of Object.keys(env)) {
      delete process.env[key];
      if (before[key] !== undefined) process.env[key] = before[key];
    }
  }
});
