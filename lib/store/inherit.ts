import * as fs from "node:fs";
import * as path from "node:path";
import type { Claim } from "./claim";
import { claimFiles, readClaim, standingOf } from "./claimFile";
import { filesBelow } from "./files";

/**
 * Gives a new owner the work that the latest earlier one left, as its own folder: taken by a rename
 * from one that has stopped, copied from one that may live on elsewhere and whose lease has run out.
 * What others that have stopped left goes.
 */
export function inherit(claim: Claim): void {
  let found = false;
  for (const file of claimFiles(claim.place).reverse()) {
    if (file.number >= claim.number) continue;
    const name = readClaim(file)?.folder;
    const folder = name && path.join(claim.place, name);
    const stopped = standingOf(file) === "free";
    if (folder && fs.existsSync(folder)) {
      if (found && stopped) fs.rmSync(folder, { recursive: true, force: true });
      else if (!found) {
        if (stopped) fs.renameSync(folder, claim.folder);
        else copyFolder(folder, claim.folder);
        found = true;
      }
    }
    if (stopped) fs.rmSync(file.path, { force: true });
  }
  fs.mkdirSync(claim.folder, { recursive: true });
}

/** Copies a folder while its owner may still write: files that vanish meanwhile are left out. */
function copyFolder(from: string, to: string): void {
  const aside = `${to}.tmp`;
  fs.rmSync(aside, { recursive: true, force: true });
  fs.mkdirSync(aside);
  for (const name of filesBelow(from)) {
    const copy = path.join(aside, name);
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    try {
      fs.copyFileSync(path.join(from, name), copy, fs.constants.COPYFILE_FICLONE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  fs.renameSync(aside, to);
}
