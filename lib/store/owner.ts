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
  onWait: (sentence: string) => void = () => {},
): Promise<boolean> {
  let told = false;
  const file = path.join(folder, OWNER);
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (;;) {
    if (signal.aborted) throw new Cancelled();
    if (finished()) return false;
    fs.mkdirSync(folder, { recursive: true });
    if (claim(file, mine)) return true;
    const theirs = textOf(file);
    if (theirs === undefined) continue; // Let go of in this moment.
    if (!lives(theirs) && replaceDead(file, theirs, mine)) return true;
    if (!told) onWait(`Waiting for another process, which is at work in ${folder}.`);
    told = true;
    await sleep(POLL_MS);
  }
}

/** Creates the owner file whole (written aside and linked) unless there is one. */
function claim(file: string, mine: string): boolean {
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, mine);
  try {
    fs.linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/**
 * Takes the place of a dead owner. Several may have found it dead: only who holds the turn
 * replaces it, and only while it is still the same one, so that no living successor is removed.
 */
function replaceDead(file: string, dead: string, mine: string): boolean {
  const turn = `${file}.turn`;
  if (!claim(turn, mine)) {
    const holder = textOf(turn);
    if (holder !== undefined && !lives(holder)) fs.rmSync(turn, { force: true });
    return false;
  }
  try {
    if (textOf(file) !== dead) return false;
    fs.writeFileSync(`${file}.${process.pid}`, mine);
    fs.renameSync(`${file}.${process.pid}`, file);
    return true;
  } finally {
    fs.rmSync(turn, { force: true });
  }
}

/** Whether a living process works in `folder`. */
export function isOwned(folder: string): boolean {
  const owner = textOf(path.join(folder, OWNER));
  return owner !== undefined && lives(owner);
}

export function disown(folder: string): void {
  fs.rmSync(path.join(folder, OWNER), { force: true });
}

/** Whether the process that wrote this owner file still runs. */
function lives(owner: string): boolean {
  try {
    const { pid, started } = JSON.parse(owner);
    if (pid !== process.pid) process.kill(pid, 0);
    return started === startOf(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process began, so that a reused process number is not taken for the old owner. One that
 * has ended but that its parent never asked after (state Z; PID 1 of a container) began at no time.
 */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "ended" : fields[19];
  } catch {
    return "unknown";
  }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}
