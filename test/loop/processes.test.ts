import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { projectRoot } from "../../lib/root";
import { RunStore } from "../../lib/store/runStore";
import { entriesOf, leftoversOf } from "../support/entries";
import { toyChain } from "../support/runToy";
import { memoryFolder } from "../support/temporary";

const SUPPORT = path.join(__dirname, "..", "support");
const PROCESSES = 4;
/** More of them make the test sharper: COLLAPSE_LAB_ITERATIONS=40. */
const ITERATIONS = Number(process.env.COLLAPSE_LAB_ITERATIONS ?? 6);

/** Starts a script of test/support and gives its error output, empty unless it failed. */
function run(command: readonly string[], ...args: string[]): Promise<string> {
  const [program, ...before] = [...command, process.execPath, "--require", "./lib/typescript.cjs"];
  const child = spawn(program, [...before, ...args], {
    cwd: projectRoot(),
    stdio: ["ignore", "inherit", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve) =>
    child.once("close", (code) => resolve(code === 0 ? errors : `ended with ${code}: ${errors}`)),
  );
}

test("several processes that run the same chain on one store end without an error or a leftover", async () => {
  const alone = RunStore.open(memoryFolder());
  await runChains([toyChain(ITERATIONS)], { store: alone, executor: inProcess() });
  const folder = memoryFolder();
  const toy = path.join(SUPPORT, "runToy.ts");
  const outcomes = await Promise.all(
    Array.from({ length: PROCESSES }, () => run([], toy, folder, String(ITERATIONS))),
  );
  assert.deepEqual(outcomes, Array(PROCESSES).fill(""));
  const store = RunStore.open(folder);
  assert.deepEqual(entriesOf(store), entriesOf(alone));
  assert.deepEqual(leftoversOf(store), []);
});

const UNSHARE = ["unshare", "--pid", "--fork", "--mount-proc"];
const permitted = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"]).status === 0;

test("processes of two PID namespaces never own the same draft", {
  skip: !permitted && "unshare --pid is not permitted here",
}, async () => {
  const folder = memoryFolder();
  const log = path.join(memoryFolder(), "log");
  const script = path.join(SUPPORT, "ownInTurn.ts");
  const outcomes = await Promise.all(
    [UNSHARE, UNSHARE, []].map((command) => run(command, script, folder, log)),
  );
  assert.deepEqual(outcomes, ["", "", ""]);
  const lines = fs.readFileSync(log, "utf8").trim().split("\n");
  assert.equal(lines.length, 2 * 3 * 5);
  // Whoever takes the draft lets go of it before the next one takes it.
  for (let i = 0; i < lines.length; i += 2) {
    const [taken, namespace] = lines[i].split(" ");
    assert.equal(taken, "taken");
    assert.equal(lines[i + 1], `left ${namespace}`);
  }
});
