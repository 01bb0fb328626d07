// Kills tiny runs of the four families at random moments, in their own process and with children, and
// compares what reruns end with to undisturbed runs. Takes minutes, so it is not part of the tests:
// node --require ./lib/typescript.cjs test/stress/killFamilies.ts [KILLS PER FAMILY = 25] [FAMILY ...]
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Stream } from "../../lib/random/stream";
import { projectRoot } from "../../lib/root";
import { sha256Of } from "../../lib/store/address";
import { RunStore } from "../../lib/store/runStore";
import { verify } from "../../lib/store/verify";
import { entriesOf, leftoversOf } from "../support/entries";

type Where = "here" | "children";

function start(family: string, store: string, where: Where): ChildProcess {
  const script = path.join(__dirname, "runFamily.ts");
  return spawn(
    process.execPath,
    ["--require", "./lib/typescript.cjs", script, family, store, where],
    {
      cwd: projectRoot(),
      detached: true,
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));

const freshFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), "collapse-lab-kills-"));

async function killFamily(family: string, kills: number): Promise<void> {
  const undisturbed = freshFolder();
  const began = Date.now();
  assert.equal(await ended(start(family, undisturbed, "here")), 0);
  const milliseconds = Date.now() - began;
  const expected = entriesOf(RunStore.open(undisturbed));
  const moments = new Stream([`kill ${family}`]);
  let stores = 0;
  const finish = async (folder: string) => {
    assert.equal(await ended(start(family, folder, "here")), 0);
    const store = RunStore.open(folder);
    assert.deepEqual(entriesOf(store), expected);
    assert.deepEqual(leftoversOf(store), []);
    assert.deepEqual(verify(store), []);
    fs.rmSync(folder, { recursive: true });
    stores += 1;
  };
  let folder = freshFolder();
  for (let killed = 0; killed < kills; ) {
    const where = moments.integer(2) === 0 ? "here" : "children";
    const child = start(family, folder, where);
    const exit = ended(child);
    const moment = milliseconds * (0.2 + 0.8 * moments.uniform());
    if (await Promise.race([exit.then(() => true), sleep(moment, false)])) {
      await finish(folder);
      folder = freshFolder();
      continue;
    }
    // Of a parent with children only the parent: the orphans must stop by themselves.
    process.kill((where === "children" ? 1 : -1) * (child.pid as number), "SIGKILL");
    await exit;
    killed += 1;
  }
  await finish(folder);
  fs.rmSync(undisturbed, { recursive: true });
  console.log(
    `${family}: ${kills} kills over ${stores} stores of ${Object.keys(expected).length} entries; ` +
      `all end as the undisturbed run did (${sha256Of(expected).slice(0, 16)}).`,
  );
}

async function main([count = "25", ...families]: string[]): Promise<void> {
  const chosen = families.length > 0 ? families : ["linear", "images", "language", "molecules"];
  for (const family of chosen) await killFamily(family, Number(count));
}

void main(process.argv.slice(2));
