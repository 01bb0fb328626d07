import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { projectRoot } from "../root";
import { addressOf } from "./address";
import { renameFolder, writeFileAtomic } from "./atomic";
import { compareFiles, noteCompared } from "./compare";
import { made, type Stopwatch, stopwatch } from "./environment";
import {
  contentOf,
  damaged,
  FORMAT,
  formatManifest,
  type Kind,
  MANIFEST,
  type Manifest,
  readManifest,
  readManifestAlone,
} from "./manifest";
import { measure } from "./measure";
import { disown, own } from "./owner";

export type { Kind } from "./manifest";

/** Names an entry of the store. */
export interface EntryName {
  readonly kind: Kind;
  readonly address: string;
}

/** An entry that is being made: a private folder that becomes the entry when it is committed. */
export interface Draft {
  /** What is written here becomes the entry. */
  readonly folder: string;
  /** What is written here (checkpoints) survives an interruption and is never part of the entry. */
  readonly scratch: string;
  readonly address: string;
  /** Keeps the time spent so far, for when this run is interrupted. */
  saveTime(): void;
  /**
   * Publishes the folder's files as the entry, atomically.
   * @param result what came out, in numbers
   * @param inputs finished entries that it was made from
   */
  commit(result: Readonly<Record<string, unknown>>, inputs?: readonly EntryName[]): Manifest;
  /** Lets go of the draft; its files stay for a later resume. */
  release(): void;
}

export interface BeginOptions {
  /** Told once, in a sentence, when another process is at work on the entry and this one waits. */
  readonly onWait?: (sentence: string) => void;
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
    return new RunStore(path.resolve(root));
  }

  folder(kind: Kind, address: string): string {
    return path.join(this.root, kind, address);
  }

  has(kind: Kind, address: string): boolean {
    return fs.existsSync(path.join(this.folder(kind, address), MANIFEST));
  }

  /**
   * The manifest of a finished entry, after a look at the lengths of its files.
   * @throws UserError if it is missing or damaged
   */
  read(kind: Kind, address: string): Manifest {
    return readManifest(this.folder(kind, address));
  }

  /**
   * The manifest of a finished entry whose files are about to be used: compares the SHA-256 of
   * every file (once per process) and the entries it was made from with what they are now.
   * @throws UserError if it is missing or damaged, or was made from something else
   */
  use(kind: Kind, address: string): Manifest {
    const folder = this.folder(kind, address);
    const manifest = readManifest(folder);
    compareFiles(folder, manifest);
    for (const input of manifest.inputs) {
      // An input that was removed says nothing against what was made from it.
      if (!this.has(input.kind, input.address)) continue;
      const now = readManifestAlone(this.folder(input.kind, input.address));
      if (contentOf(now) !== input.content)
        throw damaged(folder, `it was made from another ${input.kind}/${input.address}`);
    }
    return manifest;
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
    { onWait = () => {} }: BeginOptions = {},
  ): Promise<Draft | undefined> {
    const address = addressOf(identity);
    const place = path.join(this.drafts, address);
    const finished = () => this.has(kind, address);
    if (finished() || !(await own(place, finished, signal, onWait))) return undefined;
    if (finished()) {
      // Its maker published it between our last look and our taking the folder.
      fs.rmSync(place, { recursive: true, force: true });
      return undefined;
    }
    const [folder, scratch] = ["entry", "scratch"].map((name) => path.join(place, name));
    const watch = releasingOnFailure(place, () => {
      for (const part of [folder, scratch]) fs.mkdirSync(part, { recursive: true });
      dropRemains(place);
      return stopwatch(scratch);
    });
    return {
      folder,
      scratch,
      address,
      saveTime: watch.save,
      commit: (result, inputs = []) => {
        const entry = { kind, identity, address, folder, watch, result, inputs };
        const manifest = this.#commit(entry);
        fs.rmSync(place, { recursive: true, force: true });
        return manifest;
      },
      release: () => disown(place),
    };
  }

  #commit(entry: {
    kind: Kind;
    identity: Readonly<Record<string, unknown>>;
    address: string;
    folder: string;
    watch: Stopwatch;
    result: Readonly<Record<string, unknown>>;
    inputs: readonly EntryName[];
  }): Manifest {
    const { kind, identity, address, folder, watch, result, inputs } = entry;
    const files: Manifest["files"] = {};
    for (const name of filesBelow(folder)) files[name] = measure(path.join(folder, name));
    const text = formatManifest({
      format: FORMAT,
      kind,
      address,
      identity: { ...identity },
      result: { ...result },
      inputs: inputs.map((input) => ({
        kind: input.kind,
        address: input.address,
        content: contentOf(readManifestAlone(this.folder(input.kind, input.address))),
      })),
      files,
      made: made(watch.finish()),
    });
    writeFileAtomic(path.join(folder, MANIFEST), text);
    const target = this.folder(kind, address);
    // What is stored there has no manifest, or this draft would not have begun: it is no entry.
    fs.rmSync(target, { recursive: true, force: true });
    renameFolder(folder, target);
    const manifest = readManifest(target);
    noteCompared(target, manifest);
    return manifest;
  }
}

function releasingOnFailure<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    disown(place);
    throw error;
  }
}

/** Removes what a kill in the middle of a write or of a commit left in a draft. */
function dropRemains(place: string): void {
  for (const name of filesBelow(place))
    if (name.endsWith(".tmp") || name.startsWith("owner.json.") || name === `entry/${MANIFEST}`)
      fs.rmSync(path.join(place, name), { force: true });
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

function readFormat(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).format;
  } catch {
    throw new UserError(
      `${file} is damaged, so the run store beside it cannot be trusted. Move that folder away, or set COLLAPSE_LAB_RUNS to another one.`,
    );
  }
}
