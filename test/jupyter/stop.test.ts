// Stop means stop: whatever a cell is doing, it ends with "Interrupted", what it had finished stays, and
// nothing of it goes on.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Execution, KernelClient } from "./client";

const LIMIT = { timeout: 300_000 };

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

async function stopped(code: string, sign = "started"): Promise<Execution> {
  const id = await kernel.sendCell(code);
  await kernel.printed(id, sign);
  kernel.interrupt();
  return kernel.ended(id);
}

async function assertAlive(): Promise<void> {
  assert.equal((await kernel.run("6 * 7")).text(), "42\n");
}

/** Immediates run, and Node does not look for any that it has lost: its loop rests. */
async function assertRests(): Promise<void> {
  const code = `
    await new Promise((r) => setImmediate(r));
    const { idle, active } = performance.eventLoopUtilization();
    await new Promise((r) => setTimeout(r, 200));
    const then_ = performance.eventLoopUtilization();
    [then_.idle - idle > 0.2 * (then_.active - active), process.getActiveResourcesInfo().includes("Immediate")]`;
  assert.equal((await kernel.run(code)).text(), "[ true, false ]\n");
}

/** Work that would go on for ever, each of another kind. */
const ENDLESS: Record<string, string> = {
  "a loop without pause": "console.log('started'); for (;;) {}",
  "a stretch without pause after an await": "console.log('started'); await null; for (;;) {}",
  "a stretch without pause after a timer":
    "console.log('started'); await new Promise((r) => setTimeout(r, 5)); for (;;) {}",
  "a stretch without pause in a function of a module":
    "import { forEver } from './test/jupyter/fixtures/forEver';\nconsole.log('started'); await null; forEver();",
  "a loop that begins after the stop was heard":
    "console.log('started'); await new Promise((r) => setTimeout(r, 300)); for (;;) {}",
  "a timer's callback that does not end":
    "console.log('started'); await new Promise(() => setTimeout(() => { for (;;) {} }, 5));",
  "an immediate's callback that does not end":
    "console.log('started'); await new Promise(() => setImmediate(() => { for (;;) {} }));",
  "an immediate's callback behind another":
    "console.log('started'); await new Promise(() => { setImmediate(() => {}); setImmediate(() => { for (;;) {} }); });",
  "an immediate's callback before and behind others":
    "console.log('started'); await new Promise(() => { setImmediate(() => {}); setImmediate(() => { for (;;) {} }); setImmediate(() => {}); setImmediate(() => {}); });",
  "an immediate's callback before others":
    "console.log('started'); await new Promise(() => { setImmediate(() => { for (;;) {} }); setImmediate(() => {}); });",
  "a loop of microtasks": "console.log('started'); for (;;) await null;",
  "a loop of microtasks in promises' callbacks":
    "console.log('started'); const again = (): Promise<void> => Promise.resolve().then(again); await again();",
  "a loop of process.nextTick":
    "console.log('started'); await new Promise(() => { const again = () => process.nextTick(again); again(); });",
  "a loop that catches everything":
    "console.log('started'); await null; for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }",
  "a regular expression that runs away":
    "console.log('started'); await null; /^(a+)+$/.test('a'.repeat(60) + 'b');",
  "an await that nothing ends": "console.log('started'); await new Promise(() => {});",
  "a loop of awaits":
    "console.log('started'); for (;;) await new Promise((r) => setTimeout(r, 5));",
  "a for await loop":
    "async function* ticks() { for (;;) { await new Promise((r) => setTimeout(r, 5)); yield 1; } }\nconsole.log('started'); for await (const _ of ticks()) {}",
};

for (const [name, code] of Object.entries(ENDLESS))
  test(name, LIMIT, async () => {
    const { reply } = await stopped(code);
    assert.deepEqual([reply.status, reply.ename], ["error", "Interrupted"]);
    await assertAlive();
    await assertRests();
  });

test("a loop of awaits is not only reported stopped, it stops", LIMIT, async () => {
  await kernel.run(
    "let rounds = 0; async function round() { for (;;) { rounds++; await new Promise((r) => setTimeout(r, 5)); } }",
  );
  await stopped("console.log('started'); await round();");
  const { text } = await kernel.run(
    "const then_ = rounds; await new Promise((r) => setTimeout(r, 200)); [then_ > 0, rounds - then_]",
  );
  assert.equal(text(), "[ true, 0 ]\n");
});

for (const [name, code] of [
  ["reads a large library for the first time", 'import * as all from "./lib/index";\nvoid all;'],
  [
    "checks a long cell",
    Array.from({ length: 20_000 }, (_, i) => `[1, ${i}].map((x) => [x, x + ${i}]).flat();`).join(
      "\n",
    ),
  ],
])
  test(`a cell that is stopped while the compiler ${name} is not run`, LIMIT, async () => {
    const id = await kernel.sendCell(`console.log("ran");\n${code}`);
    await kernel.until(() => kernel.of(id).some(({ type }) => type === "execute_input"));
    await sleep(100);
    kernel.interrupt();
    const { reply, text } = await kernel.ended(id);
    assert.deepEqual([reply.ename, text()], ["Interrupted", ""]);
    await assertAlive();
  });

test("a stop while a module loads leaves no half of it", LIMIT, async () => {
  const load = 'import { loaded } from "./test/jupyter/fixtures/slowToLoad";';
  await kernel.run("const slow = { seconds: 600 }; Object.assign(globalThis, { slow });");
  // A static import would come before the print.
  await stopped(
    'console.log("started");\nawait null;\nawait import("./test/jupyter/fixtures/slowToLoad");',
  );
  await kernel.run("slow.seconds = 0;");
  assert.equal((await kernel.run(`${load}\nloaded`)).text(), "true\n");
});

test("a stop with nothing running does no harm, not even to the next cell", LIMIT, async () => {
  kernel.interrupt();
  await sleep(300);
  await assertAlive();
});

const childrenOf = (pid: number): string[] =>
  spawnSync("ps", ["-o", "args=", "--ppid", String(pid)], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((line) => line.includes("child.ts"));

for (const executor of ["", ", executor: inProcess()"])
  test(`runChains without a signal${executor}: no training goes on`, LIMIT, async () => {
    const { reply } = await stopped(
      `
import { chain, imagesTask, inProcess, regimes, RunStore, runChains } from "./lib/index";
import { mkdtempSync } from "node:fs";
const config = imagesTask.config.parse({
  data: { dataset: "strokes", trainItems: 500, testItems: 100 },
  model: { family: "vae" },
  training: { epochs: 100000 },
});
let progress = 0;
const finished = "before the run";
await runChains([chain({ task: imagesTask, config, regime: regimes.replace, seed: 0, iterations: 2 })], {
  store: RunStore.open(mkdtempSync("/tmp/stop-"))${executor},
  onEvent: ({ type }) => { if (type === "progress" && progress++ === 2) console.log("training"); },
});`,
      "training",
    );
    assert.deepEqual([reply.status, reply.ename], ["error", "Interrupted"]);
    const { text } = await kernel.run(
      "const at = progress; await new Promise((r) => setTimeout(r, 3000)); [finished, progress - at]",
    );
    assert.equal(text(), "[ 'before the run', 0 ]\n");
    while (childrenOf(kernel.pid).length > 0) await sleep(100);
  });
