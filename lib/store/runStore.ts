import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { projectRoot } from "../root";
import { addressOf } from "./address";
import { renameFolder, writeFileAtomic } from "./atomic";
import { made, type Stopwatch, stopwatch } from "./environment";
import { FORMAT, MANIFEST, type Manifest, readManifest } from "./manifest";
import { disown, OWNER, own } from "./owner";

export type Kind = Manifest["kind"];

/** An entry that is being made: a private folder that becomes the entry when it is committed. */
export interface Draft {
  readonly folder: string;
  readonly address: string;
  /** Keeps the time spent so far, for when this run is interrupted. */
  saveTime(): void;
  /** Publishes the folder's files as the entry, atomically. */
  commit(result: Readonly<Record<string, unknown>>): Manifest;
  /** Lets go of the draft; its files stay for a later resume. */
  release(): void;
}

/**
 * The run store: finished results under the hash of everything that determines them.
 * An entry either has a valid manifest or does not exist; drafts live beside the entries, so that
 * nothing half-written is ever read and an interrupted fit finds its checkpoint again.
 */
export class RunStore {
  private constructor(readonly root: string) {}

  /** Opens (or creates) a store. Default: `$COLLAPSE_LAB_RUNS`, else `.runs` in the project. */
  static open(root = process.env.COLLAPSE_LAB_RUNS ?? path.join(projectRoot(), ".runs")): RunStore {
    const file = path.join(root, "store.json");
    if (fs.existsSync(file)) {
      const format = readFormat(file);
      if (format !== FORMAT)
        throw new UserError(
          `The run store ${root} has format ${format}; this version reads format ${FORMAT}. ` +
            "Move it away, or set COLLAPSE_LAB_RUNS to another folder.",
        );
    } else {
      fs.mkdirSync(root, { recursive: true });
      writeFileAtomic(file, `${JSON.stringify({ format: FORMAT })}\n`);
    }
    return new RunStore(root);
  }

  folder(kind: Kind, address: string): string {
    return path.join(this.root, kind, address);
  }

  has(kind: Kind, address: string): boolean {
    return fs.existsSync(path.join(this.folder(kind, address), MANIFEST));
  }

  /** The manifest of a finished entry; throws a sentence if it is missing or damaged. */
  read(kind: Kind, address: string): Manifest {
    return readManifest(this.folder(kind, address));
  }

  /** Addresses of all finished entries of a kind. */
  list(kind: Kind): string[] {
    const folder = path.join(this.root, kind);
    return fs.existsSync(folder) ? fs.readdirSync(folder).filter((a) => this.has(kind, a)) : [];
  }

  /** Where unfinished entries live. */
  get drafts(): string {
    return path.join(this.root, "drafts");
  }

  /**
   * Starts (or takes up again) the entry with this identity.
   * @returns undefined if it is finished already, by us or by another process we waited for.
   */
  async begin(
    kind: Kind,
    identity: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Draft | undefined> {
    const address = addressOf(identity);
    const folder = path.join(this.drafts, address);
    const finished = () => this.has(kind, address);
    if (finished() || !(await own(folder, finished, signal))) return undefined;
    if (finished()) {
      // Its maker published it between our last look and our taking the folder.
      fs.rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
    const watch = releasingOnFailure(folder, () => {
      dropRemains(folder);
      return stopwatch(folder);
    });
    return {
      folder,
      address,
      saveTime: watch.save,
      commit: (result) => this.#commit({ kind, identity, address, folder, watch, result }),
      release: () => disown(folder),
    };
  }

  #commit(entry: {
    kind: Kind;
    identity: Readonly<Record<string, unknown>>;
    address: string;
    folder: string;
    watch: Stopwatch;
    result: Readonly<Record<string, unknown>>;
  }): Manifest {
    const { kind, identity, address, folder, watch, result } = entry;
    const timing = watch.finish();
    const files: Manifest["files"] = {};
    for (const name of filesBelow(folder).filter((n) => n !== OWNER))
      files[name] = measure(path.join(folder, name));
    const manifest: Manifest = {
      format: FORMAT,
      kind,
      address,
      identity: { ...identity },
      result: { ...result },
      files,
      made: made(timing),
    };
    writeFileAtomic(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    // What lies there has no manifest, or this draft would not have begun: it is no entry.
    fs.rmSync(this.folder(kind, address), { recursive: true, force: true });
    renameFolder(folder, this.folder(kind, address));
    disown(this.folder(kind, address));
    return manifest;
  }
}

function releasingOnFailure<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    disown(folder);
    throw error;
  }
}

/** Removes what a kill in the middle of a write left in a draft. */
function dropRemains(folder: string): void {
  for (const name of filesBelow(folder))
    if (name.endsWith(".tmp") || name.startsWith(`${OWNER}.`)) fs.rmSync(path.join(folder, name));
}

/** Files below a folder, as sorted relative paths with forward slashes. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .sort();
}

/** Length and SHA-256 of a file, read in pieces. */
export function measure(file: string): { bytes: number; sha256: string } {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(1 << 20);
  const handle = fs.openSync(file, "r");
  try {
    let bytes = 0;
    for (;;) {
      const read = fs.readSync(handle, piece);
      if (read === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
  } finally {
    fs.closeSync(handle);
  }
}

function readFormat(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).format;
  } catch {
    throw new UserError(
      `${file} is damaged, so the run store beside it cannot be trusted. Move that folder away, or set COLLAPSE_LAB_RUNS to another one.`,
    );
  }
}
