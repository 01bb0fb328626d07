import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { Stream } from "../../lib/random/stream";
import { projectRoot } from "../../lib/root";
import { KINDS } from "../../lib/store/manifest";
import { RunStore } from "../../lib/store/runStore";
import { walkChains } from "../support/runWalk";
import { memoryFolder } from "../support/temporary";

const SCRIPT = path.join(__dirname, "..", "support", "runWalk.ts");

function start(store: string, where: string): ChildProcess {
  return spawn(process.execPath, ["--require", "./lib/typescript.cjs", SCRIPT, store, where], {
    cwd: projectRoot(),
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** What is left of the same chains, in this process. */
const finish = (folder: string) =>
  runChains(walkChains(), { store: RunStore.open(folder), executor: inProcess() });

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));

/** Everything of a store's entries but when and how long they were made. */
function bits(folder: string): Record<string, unknown> {
  const store = RunStore.open(folder);
  return Object.fromEntries(
    KINDS.flatMap((kind) =>
      store
        .list(kind)
        .sort()
        .map((address) => {
          const { provenance: _, checksum: __, ...rest } = store.read(kind, address);
          return [`${kind} ${address}`, rest];
        }),
    ),
  );
}

/** Of each run the moments after its first progress: what comes before is not work. */
const KILLS = 8;
const SPAN_MS = 150;

test("killed with SIGKILL at 8 random moments of its work, a rerun ends with the bits of an undisturbed run", async () => {
  const undisturbed = memoryFolder();
  await finish(undisturbed);
  const expected = bits(undisturbed);
  // The real data, and of 7 generations a fit, a block and an evaluation each.
  assert.equal(Object.keys(expected).length, 1 + 3 * 7);

  const disturbed = memoryFolder();
  const moments = new Stream(["kill moments"]);
  let resumed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const where = kill % 4 === 3 ? "children" : "here";
    const child = start(disturbed, where);
    const exit = ended(child);
    const working = new Promise((resolve) => child.stdout!.once("data", resolve));
    const delay = SPAN_MS * moments.uniform();
    const finished = await Promise.race([
      exit.then(() => true),
      working.then(() => sleep(delay)).then(() => false),
    ]);
    if (finished) continue;
    resumed += 1;
    // Of a parent with children only the parent: the orphans must stop by themselves.
    process.kill((where === "children" ? 1 : -1) * (child.pid as number), "SIGKILL");
    await exit;
  }
  await finish(disturbed);
  assert.deepEqual(bits(disturbed), expected);
  assert.ok(resumed >= KILLS / 2, `only ${resumed} of ${KILLS} kills hit a running process`);
});
