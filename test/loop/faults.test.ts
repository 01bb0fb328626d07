import assert from "node:assert/strict";
import fs from "node:fs";
import * as path from "node:path";
import { mock, test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { accumulate, replace } from "../../lib/pool/regimes";
import { FORMAT } from "../../lib/store/manifest";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

const walk = (config: object) =>
  chain({
    task: walkTask,
    config: config as { steps: number; pause: number },
    regime: replace,
    seed: 0,
    iterations: 3,
  });

function options(store = RunStore.open(memoryFolder())) {
  return { store, executor: inProcess() };
}

const isSentence = (pattern: RegExp) => (error: Error) => {
  assert.equal(error.name, "UserError");
  assert.match(error.message, pattern);
  return true;
};

test("a mistyped config key is named together with the nearest right one, before anything runs", async () => {
  const store = RunStore.open(memoryFolder());
  await assert.rejects(
    runChains([walk({ step: 5 })], options(store)),
    isSentence(
      /config of task "walk" (has the unknown key "step"\. Did you mean "steps"\?|is wrong at "steps")/,
    ),
  );
  await assert.rejects(
    runChains([walk({ steps: 5, stepz: 5 })], options(store)),
    isSentence(/unknown key "stepz"\. Did you mean "steps"\?/),
  );
  await assert.rejects(
    runChains([walk({ steps: "5" })], options(store)),
    isSentence(/is wrong at "steps"/),
  );
  assert.deepEqual(store.list("real"), []);
});

test("zero items, zero iterations and a broken seed are refused with a sentence", async () => {
  const gaussian = (change: object) =>
    chain({
      task: gaussianTask,
      config: { data: { trainItems: 5 } },
      regime: replace,
      seed: 0,
      iterations: 2,
      ...change,
    });
  const cases: [object, RegExp][] = [
    [{ config: { data: { trainItems: 0 } } }, /is wrong at "data.trainItems"/],
    [{ iterations: 0 }, /at least 1 iteration, not 0/],
    [{ seed: 0.5 }, /seed must be an integer, not 0.5/],
  ];
  for (const [change, expected] of cases)
    await assert.rejects(runChains([gaussian(change)], options()), isSentence(expected));
});

test("a NaN metric stops the run with a named cause and keeps the earlier generations", async () => {
  const store = RunStore.open(memoryFolder());
  await assert.rejects(
    runChains([walk({ steps: 20, fault: { kind: "nan", n: 2 } })], options(store)),
    isSentence(/test metric "position" of walk \(seed 0, iteration 2\) is NaN/),
  );
  assert.equal(store.list("block").length, 1);
});

test("an error in a task keeps its own message and stack", async () => {
  await assert.rejects(
    runChains([walk({ steps: 20, fault: { kind: "throw", n: 1 } })], {
      store: RunStore.open(memoryFolder()),
      executor: childProcesses({ processes: 1 }),
    }),
    (error: Error) => {
      assert.equal(error.message, "walked into a wall");
      assert.match(error.stack ?? "", /walkTask\.ts/);
      return true;
    },
  );
});

test("a killed child is reported with the generation it worked on; a rerun goes on", async () => {
  const store = RunStore.open(memoryFolder());
  const executor = childProcesses({ processes: 2 });
  await assert.rejects(
    runChains([walk({ steps: 20, fault: { kind: "die", n: 2 } })], { store, executor }),
    isSentence(/made walk, replace, seed 0, iteration 2 was killed by SIGKILL/),
  );
  await executor.close();
  assert.equal(store.list("block").length, 1);
});

test("aborting stops within a step, keeps what is finished, and a rerun ends with the same bits", async () => {
  const store = RunStore.open(memoryFolder());
  const controller = new AbortController();
  const long = walk({ steps: 60, pause: 1 });
  await assert.rejects(
    runChains([long], {
      ...options(store),
      checkpointSeconds: 0.01,
      signal: controller.signal,
      onEvent: (event) => {
        if (
          event.type === "progress" &&
          event.label.endsWith("iteration 2") &&
          event.fraction > 0.4
        )
          controller.abort();
      },
    }),
    { name: "Cancelled", message: /finished generations are kept/ },
  );
  assert.equal(store.list("block").length, 1);
  assert.equal(fs.readdirSync(store.drafts).length, 1);
  const resumed = await runChains([long], options(store));
  const undisturbed = await runChains([long], options());
  assert.deepEqual(
    resumed[0].generations.map((generation) => generation.metrics),
    undisturbed[0].generations.map((generation) => generation.metrics),
  );
  const { provenance } = store.read("fit", resumed[0].generations[1].fit);
  assert.equal(provenance.resumed, 1);
});

test("a child that is cancelled stops and reports it as a stop, not as a crash", async () => {
  const controller = new AbortController();
  await assert.rejects(
    runChains([walk({ steps: 5000, pause: 1 })], {
      store: RunStore.open(memoryFolder()),
      executor: childProcesses({ processes: 1 }),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "progress") controller.abort();
      },
    }),
    { name: "Cancelled" },
  );
});

test("a full disk is one sentence; nothing half-written is left as an entry", async () => {
  const store = RunStore.open(memoryFolder());
  await runChains([{ ...walk({ steps: 5 }), iterations: 1 }], options(store));
  const full = mock.method(fs, "fsyncSync", () => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  });
  try {
    await assert.rejects(runChains([walk({ steps: 5 })], options(store)), isSentence(/full/));
  } finally {
    full.mock.restore();
  }
  assert.equal(store.list("block").length, 1);
  const [result] = await runChains([walk({ steps: 5 })], options(store));
  assert.equal(result.generations.length, 3);
});

test("a damaged entry or one of another format is named, and told how to be rid of", async () => {
  const store = RunStore.open(memoryFolder());
  const [{ generations }] = await runChains([walk({ steps: 5 })], options(store));
  const [, { fit, block, items }] = generations;
  const rerun = () => runChains([walk({ steps: 5 })], options(store));
  for (const [kind, address] of [
    ["fit", fit],
    ["block", block],
  ] as const) {
    const manifest = path.join(store.folder(kind, address), "manifest.json");
    const sound = fs.readFileSync(manifest, "utf8");
    fs.writeFileSync(manifest, sound.slice(0, 200));
    await assert.rejects(
      rerun(),
      isSentence(/is damaged: its manifest cannot be read.*prune --damaged/),
    );
    fs.writeFileSync(manifest, sound.replace(`"format": ${FORMAT}`, '"format": 9'));
    await assert.rejects(
      rerun(),
      isSentence(new RegExp(`written in run-store format 9; this version reads format ${FORMAT}`)),
    );
    fs.writeFileSync(manifest, sound);
  }
  fs.truncateSync(path.join(items, "x.npy"), 100);
  await assert.rejects(rerun(), isSentence(/items\/x\.npy has 100 bytes instead of/));
  fs.rmSync(store.folder("block", block), { recursive: true });
  assert.equal((await rerun())[0].generations[1].block, block);
});

test("a task without a module is refused by the child-process executor, run by the in-process one", async () => {
  const { module: _, ...homeless } = walkTask;
  const anonymous = chain({
    task: homeless,
    config: { steps: 5, pause: 0 },
    regime: accumulate,
    seed: 0,
    iterations: 2,
  });
  const store = RunStore.open(memoryFolder());
  await assert.rejects(
    runChains([anonymous], { store, executor: childProcesses({ processes: 1 }) }),
    isSentence(/names no module/),
  );
  assert.equal((await runChains([anonymous], { store }))[0].generations.length, 2);
});

test("a run store of another format is refused, and left as it is", () => {
  const folder = memoryFolder();
  fs.writeFileSync(path.join(folder, "store.json"), '{"format":9}');
  assert.throws(
    () => RunStore.open(folder),
    isSentence(new RegExp(`has format 9; this version reads format ${FORMAT}`)),
  );
  fs.writeFileSync(path.join(folder, "store.json"), "{");
  assert.throws(() => RunStore.open(folder), isSentence(/is damaged/));
});
