import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { logDir } from "./paths.mjs";

const path = join(logDir, "lock");

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** The process that holds the lock, if it still runs. */
function holder() {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    if (pid > 0) return alive(pid) ? pid : undefined;
    // An empty file is being written at this moment, unless its writer died doing it.
    return Date.now() - statSync(path).mtimeMs < 2000 ? "starting" : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a dead process's lock, one remover at a time: a second would remove the first's new lock. */
function removeDead() {
  const remover = `${path}.removing`;
  try {
    mkdirSync(remover);
  } catch {
    const age = Date.now() - (statSync(remover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 2000) rmSync(remover, { recursive: true, force: true });
    return;
  }
  if (holder() === undefined) rmSync(path, { force: true });
  rmSync(remover, { recursive: true, force: true });
}

/**
 * Two commands started at once must not install into the same folders.
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  mkdirSync(logDir, { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const pid = holder();
    if (pid === undefined) {
      removeDead();
      continue;
    }
    if (!told) console.log(`Waiting for another set-up to finish (process ${pid}) …`);
    told = true;
    await sleep(300);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    await work();
  } finally {
    release();
    process.off("exit", release);
  }
}
