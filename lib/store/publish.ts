import * as fs from "node:fs";
import * as path from "node:path";
import { sync } from "./atomic";
import { MANIFEST } from "./manifest";

/**
 * Moves a finished folder to its address, unless an entry is there already.
 * @returns whether it was this folder that became the entry
 */
export function publish(from: string, to: string): boolean {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  for (;;)
    try {
      fs.renameSync(from, to);
      sync(path.dirname(to));
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const vanished = code === "ENOENT" && !fs.existsSync(from);
      if (code !== "ENOTEMPTY" && code !== "EEXIST" && !vanished) throw error;
      if (isEntry(to)) return false;
      if (vanished) throw error;
      setAside(to, `${from}.replaced`);
    }
}

/** Removes a folder without a manifest, which is not an entry, from where the entry belongs. */
function setAside(to: string, aside: string): void {
  fs.rmSync(aside, { recursive: true, force: true });
  fs.renameSync(to, aside);
  // Between the look and the rename another process may have published the entry.
  if (isEntry(aside) && !fs.existsSync(to)) fs.renameSync(aside, to);
  else fs.rmSync(aside, { recursive: true, force: true });
}

const isEntry = (folder: string): boolean => fs.existsSync(path.join(folder, MANIFEST));
