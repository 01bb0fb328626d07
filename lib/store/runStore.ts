import * as fs from "node:fs";
import * as path from "node:path";
import { addressOf } from "./address";
import { type Claim, claim, isOwned, sweep } from "./claim";
import { compareFiles } from "./compare";
import { Damaged } from "./damaged";
import { Draft, type EntryName } from "./draft";
import { fileErrorOf } from "./fileErrors";
import {
  contentOf,
  type Input,
  KINDS,
  type Kind,
  MANIFEST,
  type Manifest,
  readManifest,
  readManifestAlone,
} from "./manifest";
import { checkStore, storeRoot } from "./storeFile";

export type { Draft, EntryName } from "./draft";
export type { Kind } from "./manifest";

export interface BeginOptions {
  /** Told once, in a sentence, when another process is at work on the entry and this one waits. */
  readonly onWait?: (sentence: string) => void;
  /** A hash of the code that makes the entry, for its manifest. */
  readonly code?: string;
}

/**
 * The run store: finished results under the hash of everything that determines them.
 * An entry either has a valid manifest or does not exist; drafts live beside the entries, so that
 * nothing half-written is ever read and an interrupted fit finds its checkpoint again.
 */
export class RunStore {
  private constructor(readonly root: string) {}

  /**
   * Opens (or creates) a store. Default: `$COLLAPSE_LAB_RUNS`, else `.runs` in the project.
   * @throws UserError if the place cannot hold a store, or holds one of another format
   * @example
   * ```ts
   * const results = await runChains(chains, { store: RunStore.open("/data/runs") });
   * ```
   */
  static open(root?: string): RunStore {
    const place = storeRoot(root);
    checkStore(place, true);
    const store = new RunStore(place);
    store.#sweep();
    return store;
  }

  /** Opens a store and changes nothing. @throws UserError if there is none */
  static openExisting(root?: string): RunStore {
    const place = storeRoot(root);
    checkStore(place, false);
    return new RunStore(place);
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
        throw new Damaged(folder, `it was made from another ${input.kind}/${input.address}`);
    }
    return manifest;
  }

  /** Addresses of all finished entries of a kind. */
  list(kind: Kind): string[] {
    return namesIn(path.join(this.root, kind)).filter((address) => this.has(kind, address));
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
    { onWait = () => {}, code }: BeginOptions = {},
  ): Promise<Draft | undefined> {
    const address = addressOf(identity);
    const place = path.join(this.drafts, address);
    const finished = () => this.has(kind, address);
    if (finished()) return undefined;
    let owned: Claim | undefined;
    try {
      owned = await claim(place, finished, signal, onWait);
      if (!owned) return undefined;
      if (finished()) {
        // Its maker published it between our last look and our claim.
        owned.finish();
        return undefined;
      }
      const target = this.folder(kind, address);
      return new Draft(owned, kind, identity, target, (input) => this.#inputOf(input), code);
    } catch (error) {
      owned?.release();
      throw fileErrorOf(error, place);
    }
  }

  #inputOf({ kind, address }: EntryName): Input {
    return { kind, address, content: contentOf(readManifestAlone(this.folder(kind, address))) };
  }

  /** Removes what processes left that were killed after they had published an entry. */
  #sweep(): void {
    try {
      for (const address of namesIn(this.drafts)) {
        const place = path.join(this.drafts, address);
        if (KINDS.some((kind) => this.has(kind, address)) && !isOwned(place)) sweep(place);
      }
    } catch {
      // The store can only be read, or another process does the same.
    }
  }
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}
