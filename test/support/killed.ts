import fs from "node:fs";
import * as path from "node:path";
import { mock } from "node:test";

/** Calls that change a file system, or that may. */
const CALLS = [
  ...["openSync", "writeFileSync", "writeSync", "fsyncSync", "copyFileSync"],
  ...["renameSync", "linkSync", "mkdirSync", "rmSync", "utimesSync"],
] as const;

/** What takes the place of the kill: nothing in lib knows it. */
export class Killed extends Error {}

/**
 * Runs `work` as a process that is killed at its k-th call to the file system, counted from 1: that
 * call and every later one change nothing and throw. With `halfway` the k-th call does half of its
 * work first, if it has parts: a write, the removal of a folder.
 * @returns the number of calls, and whether it was killed
 */
export async function killedAt(
  k: number,
  halfway: boolean,
  work: () => Promise<unknown> | unknown,
): Promise<{ calls: number; killed: boolean }> {
  let calls = 0;
  const restore = CALLS.map((name) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    const mocked = mock.method(fs, name, (...args: unknown[]) => {
      calls += 1;
      if (calls === k && halfway) half(name, args, real);
      if (calls >= k) throw new Killed(`killed at call ${k}`);
      return real(...args);
    });
    return () => mocked.mock.restore();
  });
  try {
    await work();
    if (calls >= k) throw new Error("A kill was survived.");
    return { calls, killed: false };
  } catch (error) {
    if (calls < k) throw error;
    return { calls, killed: true };
  } finally {
    for (const undo of restore) undo();
  }
}

function half(name: string, args: unknown[], real: (...args: unknown[]) => unknown): void {
  if (name === "writeFileSync") {
    const content = Buffer.from(args[1] as string);
    real(args[0], content.subarray(0, content.length >> 1));
  } else if (name === "writeSync" && typeof args[1] !== "string") {
    const [handle, bytes, from = 0, length = (bytes as Uint8Array).length, at] = args as [
      number,
      Uint8Array,
      number?,
      number?,
      number?,
    ];
    real(handle, bytes, from, length >> 1, at);
  } else if (name === "rmSync") {
    const place = args[0] as string;
    if (!fs.statSync(place, { throwIfNoEntry: false })?.isDirectory()) return;
    const names = fs.readdirSync(place);
    for (const one of names.slice(0, Math.ceil(names.length / 2)))
      real(path.join(place, one), { recursive: true, force: true });
  }
}

/** Makes the owners of all drafts of a store dead, as they are after the kill of a real process. */
export function bury(drafts: string): void {
  if (!fs.existsSync(drafts)) return;
  for (const name of fs.readdirSync(drafts, { recursive: true }) as string[]) {
    if (!/(^|\/)owner-\d+\.json$/.test(name)) continue;
    const file = path.join(drafts, name);
    const record = JSON.parse(fs.readFileSync(file, "utf8"));
    fs.writeFileSync(file, JSON.stringify({ ...record, started: "1" }));
  }
}
