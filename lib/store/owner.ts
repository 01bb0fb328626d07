import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled } from "../errors";

/** File in a draft that names the process working on it. */
export const OWNER = "owner.json";
const POLL_MS = 250;

/**
 * Makes this process the only one that works in `folder`. While another living process owns it,
 * waits; what a dead one left is taken over.
 * @returns false when `finished()` became true while waiting, so there is nothing left to do.
 */
export async function own(
  folder: string,
  finished: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, OWNER);
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (;;) {
    if (signal.aborted) throw new Cancelled();
    if (finished()) return false;
    try {
      // Written aside and linked: the owner file appears whole or not at all.
      const aside = `${file}.${process.pid}`;
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(aside, mine);
      try {
        fs.linkSync(aside, file);
      } finally {
        fs.rmSync(aside, { force: true });
      }
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (ownerLives(file)) await sleep(POLL_MS);
    else fs.rmSync(file, { force: true });
  }
}

/** Whether a living process works in `folder`. */
export function isOwned(folder: string): boolean {
  return ownerLives(path.join(folder, OWNER));
}

export function disown(folder: string): void {
  fs.rmSync(path.join(folder, OWNER), { force: true });
}

function ownerLives(file: string): boolean {
  try {
    const { pid, started } = JSON.parse(fs.readFileSync(file, "utf8"));
    if (pid === process.pid) return started === startOf(pid);
    process.kill(pid, 0);
    return started === startOf(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, so that a reused process number is not taken for the old owner. */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return "unknown";
  }
}
