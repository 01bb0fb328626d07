import * as fs from "node:fs";
import * as path from "node:path";

/** Files below a folder, as sorted relative paths with forward slashes. */
export function filesBelow(folder: string): string[] {
  return entriesBelow(folder, (entry) => entry.isFile());
}

/** Folders below a folder, likewise. */
export function foldersBelow(folder: string): string[] {
  return entriesBelow(folder, (entry) => entry.isDirectory());
}

function entriesBelow(folder: string, keep: (entry: fs.Dirent) => boolean): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(keep)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .sort();
}
