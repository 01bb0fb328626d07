import * as fs from "node:fs";
import * as path from "node:path";

let found: string | undefined;

/** The project's folder: the nearest one above this file whose package.json is named collapse-lab. */
export function projectRoot(): string {
  if (found) return found;
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "package.json");
    if (fs.existsSync(file) && JSON.parse(fs.readFileSync(file, "utf8")).name === "collapse-lab") {
      found = folder;
      return folder;
    }
    if (folder === path.dirname(folder))
      throw new Error(`No package.json of collapse-lab above ${__dirname}.`);
  }
}
