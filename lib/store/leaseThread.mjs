// Renews leases from a thread of its own, since training blocks the main one for as long as it takes.
// Plain JavaScript, so that the thread needs no compiler.
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

/** @type {Set<string>} */
const files = new Set();
/** @type {NodeJS.Timeout | undefined} */
let timer;

function renew() {
  for (const file of files)
    try {
      // The byte that is there already: what counts is the time that the file system gives it.
      const handle = fs.openSync(file, "r+");
      fs.writeSync(handle, "{", 0);
      fs.closeSync(handle);
    } catch {
      // It was taken over or removed; its owner finds that out by itself.
    }
}

parentPort?.on("message", (/** @type {{ file: string, keep: boolean }} */ { file, keep }) => {
  if (keep) files.add(file);
  else files.delete(file);
  if (files.size === 0) {
    clearInterval(timer);
    timer = undefined;
  } else timer ??= setInterval(renew, workerData.milliseconds);
});
