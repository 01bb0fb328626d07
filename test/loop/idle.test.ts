import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { runChains } from "../../lib/loop/runChains";
import { replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { environmentTask } from "../support/environmentTask";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

/** Process numbers of this process's children. */
const children = () =>
  fs
    .readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);

test("a child that dies between two generations is replaced by a new one", {
  skip: process.platform !== "linux" && "children are read from /proc",
}, async () => {
  const store = RunStore.open(memoryFolder());
  const before = children();
  const executor = childProcesses({ processes: 1 });
  const walk = (seed: number) =>
    chain({ task: walkTask, config: { steps: 5, pause: 0 }, regime: replace, seed, iterations: 1 });
  try {
    await runChains([walk(0)], { store, executor });
    const idle = children().filter((pid) => !before.includes(pid));
    assert.equal(idle.length, 1);
    process.kill(idle[0], "SIGKILL");
    while (children().includes(idle[0])) await sleep(10);
    await runChains([walk(1)], { store, executor });
    assert.equal(store.list("fit").length, 2);
  } finally {
    await executor.close();
  }
});

test("a generation runs in a process that was started with its task's environment, which only its like share", async () => {
  const store = RunStore.open(memoryFolder());
  const executor = childProcesses({ processes: 1 });
  const values = ["1", "2", "2", "1"];
  const chains = values.map((value, seed) =>
    chain({ task: environmentTask, config: { value }, regime: replace, seed, iterations: 1 }),
  );
  try {
    const results = await runChains(chains, { store, executor });
    for (const [i, { generations }] of results.entries())
      for (const { metrics } of generations) assert.equal(metrics.value, Number(values[i]));
    const of = (value: string) =>
      new Set(
        results
          .filter((_, i) => values[i] === value)
          .flatMap(({ generations }) => generations.map(({ metrics }) => metrics.process)),
      );
    assert.ok([...of("1")].every((process) => !of("2").has(process)));
  } finally {
    await executor.close();
  }
});
