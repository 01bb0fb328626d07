import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { CachedScript } from "../../lib/export/cachedScript";
import { temporaryFolder } from "../support/temporary";

const CODE = "result.sum = (function add(a, b) { return a + b; })(x, 2);";

function ran(code: string, folder: string): Record<string, unknown> {
  const result = {};
  const script = new CachedScript(code, ["x", "result"], "add.js", folder);
  script.run([40, result]);
  script.cache();
  return result;
}

test("a script runs with the variables that it is given, the same from its cache", () => {
  const folder = temporaryFolder();
  assert.deepEqual(ran(CODE, folder), { sum: 42 });
  const [file] = fs.readdirSync(folder);
  const written = fs.statSync(path.join(folder, file)).mtimeMs;
  assert.deepEqual(ran(CODE, folder), { sum: 42 });
  assert.deepEqual(fs.readdirSync(folder), [file]);
  assert.equal(fs.statSync(path.join(folder, file)).mtimeMs, written);
  // Another script of the same name and length.
  assert.deepEqual(ran(CODE.replace("2", "3"), folder), { sum: 43 });
});

test("a damaged cache is written anew, and one that cannot be written is done without", () => {
  const folder = temporaryFolder();
  ran(CODE, folder);
  const file = path.join(folder, fs.readdirSync(folder)[0]);
  const sound = fs.readFileSync(file);
  for (const damage of [sound.subarray(0, 100), Buffer.alloc(0), sound.map((byte) => byte ^ 1)]) {
    fs.writeFileSync(file, damage);
    assert.deepEqual(ran(CODE, folder), { sum: 42 });
    assert.notDeepEqual(fs.readFileSync(file), Buffer.from(damage));
  }
  assert.deepEqual(ran(CODE, file), { sum: 42 });
});
