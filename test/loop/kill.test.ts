import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Stream } from "../../lib/random/stream";
import { projectRoot } from "../../lib/root";
import { KINDS } from "../../lib/store/manifest";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";

const SCRIPT = path.join(__dirname, "..", "support", "runWalk.ts");

function start(store: string, where: string): ChildProcess {
  return spawn(process.execPath, ["--require", "./lib/typescript.cjs", SCRIPT, store, where], {
    cwd: projectRoot(),
    detached: true,
    stdio: "ignore",
  });
}

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

test("killed with SIGKILL at 20 random moments, a rerun ends with the bits of an undisturbed run", async () => {
  const undisturbed = memoryFolder();
  assert.equal(await ended(start(undisturbed, "here")), 0);
  const expected = bits(undisturbed);
  // The real data, and of 7 generations a fit, a block and an evaluation each.
  assert.equal(Object.keys(expected).length, 1 + 3 * 7);

  const disturbed = memoryFolder();
  const moments = new Stream(["kill moments"]);
  let resumed = 0;
  for (let kill = 0; kill < 20; kill++) {
    const where = kill % 4 === 3 ? "children" : "here";
    const child = start(disturbed, where);
    const exit = ended(child);
    const finished = await Promise.race([
      exit.then(() => true),
      sleep(350 + 250 * moments.uniform()).then(() => false),
    ]);
    if (finished) continue;
    resumed += 1;
    // Of a parent with children only the parent: the orphans must stop by themselves.
    process.kill((where === "children" ? 1 : -1) * (child.pid as number), "SIGKILL");
    await exit;
  }
  assert.equal(await ended(start(disturbed, "here")), 0);
  assert.deepEqual(bits(disturbed), expected);
  assert.ok(resumed >= 5, `only ${resumed} of 20 kills hit a running process`);
});
