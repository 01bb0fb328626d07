import * as fs from "node:fs";
import * as path from "node:path";
import { openPlace, type Place } from "../../../lib/data/own/files";
import type { Reading } from "../../../lib/data/own/readFile";
import { memoryFolder } from "../../support/temporary";

/** Reading that nobody follows or stops. */
export const READING: Reading = { signal: new AbortController().signal, progress: () => {} };

/** A file of this name and content in a folder of its own. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const file = path.join(memoryFolder(), name);
  fs.writeFileSync(file, content);
  return file;
}

export function placeOf(name: string, content: string | Uint8Array): Place {
  return openPlace(fileOf(name, content));
}

/** A folder of files; a name may have folders in it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = memoryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return folder;
}
