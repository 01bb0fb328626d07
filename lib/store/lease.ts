import * as fs from "node:fs";
import * as path from "node:path";
import { Worker } from "node:worker_threads";

/** A lease is renewed this often … */
const RENEWED_MS = 10_000;
/** … and counts until it is this old: the owner of an older one is taken for dead. */
export const LEASE_MS = 60_000;
/** An owner that has not renewed its lease for this long does not come back. */
export const LOST_MS = 3_600_000;

let thread: Worker | undefined;

/**
 * Keeps a lease file's time young, however busy this thread is, until the returned function is called.
 * One thread serves the whole process; it does not keep the process alive.
 */
export function keepRenewed(file: string): () => void {
  thread ??= start();
  const worker = thread;
  worker.postMessage({ file, keep: true });
  return () => worker.postMessage({ file, keep: false });
}

function start(): Worker {
  const worker = new Worker(path.join(__dirname, "leaseThread.mjs"), {
    workerData: { milliseconds: RENEWED_MS },
    // Without the flags of the process, which load a compiler that this thread does not need.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
  });
  worker.unref();
  worker.once("error", () => {
    thread = undefined;
  });
  return worker;
}

/** Renews a lease from this thread. */
export function renew(file: string): void {
  try {
    const handle = fs.openSync(file, "r+");
    try {
      fs.writeSync(handle, "{", 0);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // It was taken over or removed; its owner finds that out by itself.
  }
}

/**
 * Milliseconds since a lease was renewed, by the clock of its file system, since hosts' clocks differ.
 * Infinity if it is gone.
 */
export function ageOf(file: string): number {
  const now = nowBeside(file);
  try {
    // Opening it makes a network file system ask its server.
    const handle = fs.openSync(file, "r");
    try {
      return now - fs.fstatSync(handle).mtimeMs;
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return Number.POSITIVE_INFINITY;
  }
}

function nowBeside(file: string): number {
  const probe = `${file}.${process.pid}.clock`;
  try {
    const handle = fs.openSync(probe, "w");
    try {
      fs.writeSync(handle, "{");
      return fs.fstatSync(handle).mtimeMs;
    } finally {
      fs.closeSync(handle);
      fs.rmSync(probe, { force: true });
    }
  } catch {
    return Date.now(); // The folder cannot be written by us.
  }
}
