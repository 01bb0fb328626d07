import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Script } from "node:vm";
import { projectRoot } from "../root";
import { writeFileAtomic } from "../store/atomic";

const CACHE = path.join(projectRoot(), "node_modules", ".cache");
const HASH_BYTES = 32;

/**
 * A large script of a package, compiled once: what V8 made of it, functions included that have run, is
 * kept in node_modules/.cache. Another V8 than the one that wrote it compiles again.
 */
export class CachedScript {
  readonly #file: string;
  readonly #script: Script;
  #known: boolean;

  /** @param code a function's body @param names of the variables that the script finds @param filename in stack traces */
  constructor(code: string, names: readonly string[], filename: string, folder = CACHE) {
    const source = `(function (${names.join(", ")}) {${code}\n})`;
    const hash = sha256(source).toString("hex").slice(0, 16);
    const name = `${path.basename(filename)}-${hash}-${process.version}-${process.arch}.v8`;
    this.#file = path.join(folder, name);
    const cachedData = contentOf(this.#file);
    this.#script = new Script(source, { filename, ...(cachedData ? { cachedData } : {}) });
    this.#known = cachedData !== undefined && this.#script.cachedDataRejected === false;
  }

  /** @param values of the variables, in the order of their names */
  run(values: readonly unknown[]): void {
    this.#script.runInThisContext()(...values);
  }

  /** Keeps what has been compiled by now, where that is possible; otherwise it is compiled again. */
  cache(): void {
    if (this.#known) return;
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      const data = this.#script.createCachedData();
      writeFileAtomic(this.#file, Buffer.concat([sha256(data), data]));
      this.#known = true;
    } catch {
      // Another user's installation, or a full disk.
    }
  }
}

/** V8 does not notice damage, and would crash. */
function contentOf(file: string): Buffer | undefined {
  if (!fs.existsSync(file)) return undefined;
  const content = fs.readFileSync(file);
  const data = content.subarray(HASH_BYTES);
  return sha256(data).equals(content.subarray(0, HASH_BYTES)) ? data : undefined;
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
