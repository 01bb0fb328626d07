// Another process at work in a store: begins the entries "kept" and "left", says so, commits "kept"
// when told to, and then waits to be killed.
import * as fs from "node:fs";
import * as path from "node:path";
import { RunStore } from "../../lib/store/runStore";

async function make(): Promise<void> {
  const store = RunStore.open(process.argv[2]);
  const begin = (name: string) =>
    store.begin("rows", { what: "rows", name }, new AbortController().signal);
  const kept = await begin("kept");
  const left = await begin("left");
  if (!kept || !left) throw new Error("The store already holds the entries.");
  fs.writeFileSync(path.join(left.folder, "checkpoint"), "half way");
  process.send?.("begun");
  process.on("message", () => {
    fs.writeFileSync(path.join(kept.folder, "rows.jsonl"), "{}\n");
    kept.commit({ from: process.pid });
  });
}

void make();
