import * as fs from "node:fs";
import * as path from "node:path";
import { fileErrorOf, withFileErrors } from "./fileErrors";

/**
 * Writes a file so that a reader, or a kill at any moment, sees the old content or the new one:
 * write aside, fsync, rename, fsync the folder.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    const handle = fs.openSync(aside, "w");
    try {
      fs.writeFileSync(handle, content);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(aside, file);
    sync(path.dirname(file));
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw fileErrorOf(error, aside);
  }
}

/** Makes a finished folder visible under its final name, where nothing but an empty folder may be. */
export function renameFolder(from: string, to: string): void {
  withFileErrors(to, () => {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    sync(from);
    fs.renameSync(from, to);
    sync(path.dirname(to));
  });
}

/** Waits until a file's bytes, or a folder's list of names, are on the disk. */
export function sync(place: string): void {
  const handle = fs.openSync(place, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
