import * as fs from "node:fs";
import * as path from "node:path";
import { Damaged } from "./damaged";
import { fileDigest } from "./fileDigest";
import type { Manifest } from "./manifest";

/** Entries whose files this process has compared, with the stamps that the files had then. */
const compared = new Map<string, string>();

/**
 * Compares every file of an entry with the SHA-256 in its manifest: once per process, and again
 * only if a file's size, time or inode has changed since.
 * @throws UserError naming the first file that differs
 */
export function compareFiles(folder: string, manifest: Manifest): void {
  const stamp = stampOf(folder, manifest);
  if (compared.get(folder) === stamp) return;
  for (const [name, { sha256 }] of Object.entries(manifest.files))
    if (fileDigest(path.join(folder, name)).sha256 !== sha256)
      throw new Damaged(folder, `${name} does not have the recorded SHA-256`);
  compared.set(folder, stamp);
}

/** Records that the files were measured just now, as the entry was written. */
export function noteCompared(folder: string, manifest: Manifest): void {
  compared.set(folder, stampOf(folder, manifest));
}

function stampOf(folder: string, { files }: Manifest): string {
  return Object.keys(files)
    .map((name) => {
      const { size, mtimeMs, ino } = fs.statSync(path.join(folder, name));
      return `${size} ${mtimeMs} ${ino}`;
    })
    .join("\n");
}
