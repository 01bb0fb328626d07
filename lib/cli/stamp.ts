import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../root";
import { writeFileAtomic } from "../store/atomic";

/** Hash of every file of the library and its path: notebooks' outputs depend on them. */
export function libraryHash(): string {
  const root = projectRoot();
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", ...below(path.join(root, "lib"), root)])
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

/** Remembers what a set of outputs was made from, so that an unchanged rerun does nothing. */
export class Stamps {
  readonly #known: Record<string, string>;

  constructor(private readonly file: string) {
    this.#known = fs.existsSync(file) ? readStamps(file) : {};
  }

  /** Whether `name` was last made from `inputs` and all its outputs still exist. */
  fresh(name: string, inputs: string, outputs: readonly string[]): boolean {
    return this.#known[name] === inputs && outputs.every((output) => fs.existsSync(output));
  }

  set(name: string, inputs: string): void {
    this.#known[name] = inputs;
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileAtomic(this.file, `${JSON.stringify(this.#known, null, 2)}\n`);
  }
}

function readStamps(file: string): Record<string, string> {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    // Stamps only save work: without them everything is executed again.
    return {};
  }
}

function below(folder: string, root: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
