import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(__dirname, "..", "..");

/** `util` as Node 23 has left it, on every Node. */
const WITHOUT = `
  const util = require("node:util");
  for (const name of Object.keys(util).filter((name) => /^is[A-Z]/.test(name))) delete util[name];
`;

/** Runs code in a fresh process. */
function fresh(code: string): { stdout: string; stderr: string } {
  const node = ["--require", "./lib/typescript.cjs", "-e", `${WITHOUT}\n${code}`];
  return spawnSync(process.execPath, node, { cwd: ROOT, encoding: "utf8" });
}

test("TensorFlow runs without the functions that Node removed, and Node warns of nothing", () => {
  const { stdout, stderr } = fresh(`
    const { tf } = require("./lib/engine/load").engine({ threads: 1 });
    const { values, indices } = tf.topk(tf.tensor1d([3, 9, 4]), 2);
    console.log(...values.dataSync(), ...indices.dataSync());
  `);
  assert.equal(stdout, "9 4 1 2\n", stderr);
  assert.doesNotMatch(stderr, /Deprecat/);
});

test("each function answers as Node's own did", () => {
  const { stdout } = fresh(`
    require("./lib/engine/removedFromNode.cjs");
    const values = [undefined, null, 0, "", true, [], {}, () => {}];
    const names = Object.keys(util).filter((name) => /^is[A-Z]/.test(name)).sort();
    for (const name of names) console.log(name, values.map((value) => Number(util[name](value))).join(""));
  `);
  assert.equal(
    stdout,
    [
      ...["isArray 00000100", "isBoolean 00001000", "isFunction 00000001"],
      ...["isNullOrUndefined 11000000", "isNumber 00100000", "isObject 00000110"],
      ...["isString 00010000", "isUndefined 10000000", ""],
    ].join("\n"),
  );
});
