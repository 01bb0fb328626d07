import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { writeFileAtomic } from "./atomic";
import type { Made } from "./manifest";
import { versions } from "./versions";

export type Timing = Pick<Made, "wallSeconds" | "resumed">;

/** Adds up the time spent on an entry over all its interruptions. */
export interface Stopwatch {
  /** Keeps the time so far in the draft, so that a resume counts on from here. */
  save(): void;
  /** Stops, and removes its file from the draft. */
  finish(): Timing;
}

/** Starts, or starts again if the folder holds the time of an interrupted run. */
export function stopwatch(folder: string): Stopwatch {
  const file = path.join(folder, "time.json");
  const start = process.hrtime.bigint();
  let before: Timing = { wallSeconds: 0, resumed: -1 };
  try {
    before = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    // No or no readable time of an earlier run: this is bookkeeping, count from now.
  }
  const now = (): Timing => ({
    wallSeconds: before.wallSeconds + Number(process.hrtime.bigint() - start) / 1e9,
    resumed: before.resumed + 1,
  });
  const save = () => writeFileAtomic(file, JSON.stringify(now()));
  save();
  return {
    save,
    finish() {
      fs.rmSync(file, { force: true });
      return now();
    },
  };
}

/** How and where an entry was made. */
export function made(timing: Timing): Made {
  const cpus = os.cpus();
  return {
    finished: new Date().toISOString(),
    wallSeconds: Math.round(timing.wallSeconds * 1000) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
    resumed: timing.resumed,
    versions: { ...versions() },
    machine: {
      system: `${os.type()} ${os.release()}`,
      processor: `${cpus.length} × ${cpus[0]?.model ?? "unknown"}`,
      memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    },
  };
}
