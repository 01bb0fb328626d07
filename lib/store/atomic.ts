import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";

/**
 * Writes a file so that a reader, or a kill at any moment, sees the old content or the new one:
 * write aside, fsync, rename, fsync the folder.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const aside = `${file}.${process.pid}.tmp`;
  explainingFullDisk(aside, () => {
    const handle = fs.openSync(aside, "w");
    try {
      fs.writeFileSync(handle, content);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(aside, file);
    syncFolder(path.dirname(file));
  });
}

/** Makes a finished folder visible under its final name; it must not exist yet. */
export function renameFolder(from: string, to: string): void {
  explainingFullDisk(to, () => {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    syncFolder(from);
    fs.renameSync(from, to);
    syncFolder(path.dirname(to));
  });
}

/** Runs a write and turns a full disk into a sentence; removes `aside` if the write failed. */
export function explainingFullDisk<T>(aside: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (fs.existsSync(aside) && fs.statSync(aside).isFile()) fs.rmSync(aside, { force: true });
    throw fullDisk(error, aside);
  }
}

/** The given error, or a sentence if it says that the disk is full. */
export function fullDisk(error: unknown, place: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new UserError(
    `The disk that holds ${place} is full. Free some space (npm run runs -- prune lists what can go) ` +
      "and rerun: finished generations are kept and the rest continues.",
  );
}

function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
