import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { runChains } from "../../lib/loop/runChains";
import { replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";
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
  const store = RunStore.open(temporaryFolder());
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
    assert.equal(store.list("generation").length, 2);
  } finally {
    await executor.close();
  }
});
