import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { EntryProvenance } from "./manifest";
import { versions } from "./versions";

export interface Timing extends Pick<EntryProvenance, "wallSeconds" | "resumed"> {
  readonly cpuSeconds: number;
}

/** Adds up the time spent on an entry over all its interruptions. */
export interface Stopwatch {
  /** The time so far. */
  now(): Timing;
  /** Keeps it in the folder, so that a resume counts on from here. */
  save(): void;
}

/** Starts, or starts again if the folder holds the time of an interrupted run. */
export function stopwatch(folder: string): Stopwatch {
  const file = path.join(folder, "time.json");
  const start = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const before = timeIn(file);
  const now = (): Timing => ({
    wallSeconds: before.wallSeconds + Number(process.hrtime.bigint() - start) / 1e9,
    cpuSeconds: before.cpuSeconds + secondsSince(cpu),
    resumed: before.resumed + 1,
  });
  const save = () => {
    // Not flushed to the disk: what a power failure loses is an estimate.
    fs.writeFileSync(`${file}.tmp`, JSON.stringify(now()));
    fs.renameSync(`${file}.tmp`, file);
  };
  save();
  return { now, save };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The time of an earlier run; where there is none that can be read, this one counts from now. */
function timeIn(file: string): Timing {
  try {
    const { wallSeconds, cpuSeconds = 0, resumed } = JSON.parse(fs.readFileSync(file, "utf8"));
    if (wallSeconds >= 0 && cpuSeconds >= 0 && Number.isInteger(resumed))
      return { wallSeconds, cpuSeconds, resumed };
  } catch {
    // This is bookkeeping, and no reason to stop.
  }
  return { wallSeconds: 0, cpuSeconds: 0, resumed: -1 };
}

let known: string | undefined;

/** Read once: asking for every core's clock takes as long as storing a small entry. */
function processor(): string {
  const cpus = known === undefined ? os.cpus() : [];
  known ??= `${cpus.length} × ${cpus[0]?.model ?? "unknown"}`;
  return known;
}

/** How and where an entry was made; `what` it was made with is added where it is known. */
export function entryProvenance(
  timing: Timing,
  what: Pick<EntryProvenance, "code" | "sources">,
): EntryProvenance {
  return {
    finished: new Date().toISOString(),
    wallSeconds: Math.round(timing.wallSeconds * 1000) / 1000,
    cpuSeconds: Math.round(timing.cpuSeconds * 1000) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
    resumed: timing.resumed,
    versions: { ...versions() },
    machine: {
      system: `${os.type()} ${os.release()}`,
      processor: processor(),
      memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    },
    ...what,
  };
}
