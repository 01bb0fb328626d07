import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Task } from "./task";

const known = new WeakMap<object, string>();

/**
 * A hash of a task's code: of all files in the folder of its module, or of its functions' text if it
 * names none. Recorded with every stage, so that an edit without a new version can be noticed; code
 * that those files import from elsewhere is not part of it.
 */
export function codeOf<C>(task: Task<C>): string {
  let code = known.get(task);
  if (code === undefined) {
    const hash = createHash("sha256");
    for (const [name, text] of task.module ? filesBeside(task.module) : functionsOf(task))
      hash.update(`${name}\0`).update(text).update("\0");
    code = hash.digest("hex").slice(0, 16);
    known.set(task, code);
  }
  return code;
}

function filesBeside(module: string): [string, string | Uint8Array][] {
  const folder = path.dirname(module);
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
    .map((name) => [name, fs.readFileSync(path.join(folder, name))]);
}

function functionsOf(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, member]) => {
    const name = prefix + key;
    if (typeof member === "function") return [[name, String(member)]] as [string, string][];
    // A validator is not the task's own code.
    if (typeof member !== "object" || member === null || name === "config") return [];
    return functionsOf(member, `${name}.`);
  });
}
