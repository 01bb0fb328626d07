// Owns one draft five times, for 50 ms each, and notes in a log when it takes it and leaves it.
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { RunStore } from "../../lib/store/runStore";

async function take(folder: string, log: string): Promise<void> {
  const store = RunStore.open(folder);
  const note = (what: string) =>
    fs.appendFileSync(log, `${what} ${fs.readlinkSync("/proc/self/ns/pid")}\n`);
  for (let i = 0; i < 5; i++) {
    const draft = await store.begin("rows", { name: "shared" }, new AbortController().signal);
    if (!draft) throw new Error("Nobody finishes this entry.");
    note("taken");
    await sleep(50);
    note("left");
    draft.release();
    await sleep(20);
  }
}

void take(process.argv[2], process.argv[3]).then(() => process.exit(0));
