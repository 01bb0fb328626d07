import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { sync, writeFileAtomic } from "./atomic";
import type { Claim } from "./claim";
import { noteCompared } from "./compare";
import { entryProvenance, type Stopwatch, stopwatch } from "./environment";
import { fileDigest } from "./fileDigest";
import { withFileErrors } from "./fileErrors";
import { filesBelow, foldersBelow } from "./files";
import { inherit } from "./inherit";
import {
  FORMAT,
  formatManifest,
  type Input,
  type Kind,
  MANIFEST,
  type Manifest,
  readManifest,
  type SourceRecord,
} from "./manifest";
import { publish } from "./publish";

/** Names an entry of the store. */
export interface EntryName {
  readonly kind: Kind;
  readonly address: string;
}

type Identity = Readonly<Record<string, unknown>>;

/** An entry that is being made: a private folder that becomes the entry when it is committed. */
export class Draft {
  /** What is written here becomes the entry. */
  readonly folder: string;
  /** What is written here (checkpoints) survives an interruption and is never part of the entry. */
  readonly scratch: string;
  readonly address: string;
  readonly #watch: Stopwatch;
  readonly #sources: SourceRecord[] = [];

  /**
   * @param target where the entry will be
   * @param inputOf the record of an input in the manifest
   * @param code a hash of the code that makes it
   */
  constructor(
    private readonly claim: Claim,
    private readonly kind: Kind,
    private readonly identity: Identity,
    private readonly target: string,
    private readonly inputOf: (name: EntryName) => Input,
    private readonly code?: string,
  ) {
    this.folder = path.join(claim.folder, "entry");
    this.scratch = path.join(claim.folder, "scratch");
    this.address = path.basename(target);
    inherit(claim);
    for (const folder of [this.folder, this.scratch]) fs.mkdirSync(folder, { recursive: true });
    dropRemains(claim.folder);
    this.#watch = stopwatch(this.scratch);
  }

  /** Keeps the time spent so far, for when this run is interrupted. */
  saveTime(): void {
    this.claim.renew();
    this.#watch.save();
  }

  /** Records a file that the entry is made from and whose checksum was not known beforehand. */
  addSource(source: SourceRecord): void {
    this.#sources.push(source);
  }

  /**
   * Publishes the folder's files as the entry, atomically. If another process has published the
   * entry meanwhile, this copy of it is discarded.
   * @param result what came out, in numbers
   * @param inputs finished entries that it was made from
   */
  commit(result: Readonly<Record<string, unknown>>, inputs: readonly EntryName[] = []): Manifest {
    return withFileErrors(this.folder, () => {
      const published = !this.#lost() && this.#publish(result, inputs);
      this.claim.finish();
      const manifest = readManifest(this.target);
      if (published) noteCompared(this.target, manifest);
      return manifest;
    });
  }

  /** Lets go of the draft; its files stay for a later resume. */
  release(): void {
    this.claim.release();
  }

  #publish(result: Readonly<Record<string, unknown>>, inputs: readonly EntryName[]): boolean {
    const files: Manifest["files"] = {};
    for (const name of filesBelow(this.folder)) {
      sync(path.join(this.folder, name));
      files[name] = fileDigest(path.join(this.folder, name));
    }
    for (const name of foldersBelow(this.folder)) sync(path.join(this.folder, name));
    const manifest = formatManifest({
      format: FORMAT,
      kind: this.kind,
      address: this.address,
      identity: { ...this.identity },
      result: { ...result },
      inputs: inputs.map(this.inputOf),
      files,
      provenance: entryProvenance(this.#watch.now(), {
        ...(this.code === undefined ? {} : { code: this.code }),
        ...(this.#sources.length === 0 ? {} : { sources: this.#sources }),
      }),
    });
    writeFileAtomic(path.join(this.folder, MANIFEST), manifest);
    return publish(this.folder, this.target);
  }

  /** Whether another process took this one for dead and removed its folder. */
  #lost(): boolean {
    if (fs.existsSync(this.folder)) return false;
    if (fs.existsSync(path.join(this.target, MANIFEST))) return true;
    throw new UserError(
      `${this.folder} is gone: another process took this one for dead, or the folder was removed. Rerun to go on.`,
    );
  }
}

/** Removes what a kill in the middle of a write or of a commit left in a draft. */
function dropRemains(folder: string): void {
  for (const name of filesBelow(folder))
    if (name.endsWith(".tmp") || name === `entry/${MANIFEST}`)
      fs.rmSync(path.join(folder, name), { force: true });
  fs.rmSync(path.join(folder, "entry.replaced"), { recursive: true, force: true });
}
