import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled } from "../errors";
import { claimFiles, claimPath, readClaim, standingOf } from "./claimFile";
import { keepRenewed, renew } from "./lease";
import { nameOf, thisProcess } from "./owner";

const POLL_MS = 250;
/** How often a place may vanish while it is made. */
const MOST_TRIES = 100;
/**
 * Time in which code that was asked to stop lets go. Code that a notebook's stop button has broken off in
 * the middle of a stretch never does, since not even its `finally` runs.
 */
const PATIENCE_MS = 3000;
let claims = 0;
/** Claims that this process holds, by file. */
const held = new Map<string, Claim>();

/**
 * The right to work in a place that several processes, hosts and containers share. Each owner has a
 * folder of its own there, so that even two that take each other for dead do no harm.
 *
 * Claims are numbered files, each created exclusively and kept young as its owner's lease. The
 * highest number owns the place; who finds that one free takes the next. Since no number comes back
 * while there is a higher one, nobody can remove a living successor's claim by mistake.
 */
export class Claim {
  /** The owner's own folder; it need not exist. */
  readonly folder: string;
  readonly #file: string;
  readonly #stopRenewing: () => void;
  #held = true;
  /** When it was first found asked to stop. */
  #stopping: number | undefined;

  constructor(
    readonly place: string,
    readonly number: number,
    folder: string,
    private readonly signal: AbortSignal,
  ) {
    this.folder = path.join(place, folder);
    this.#file = claimPath(place, number);
    this.#stopRenewing = keepRenewed(this.#file);
    held.set(this.#file, this);
  }

  /** Whether whoever holds it was found asked to stop a while ago, and seems to have been broken off. */
  get isAbandoned(): boolean {
    if (!this.signal.aborted) return false;
    this.#stopping ??= Date.now();
    return Date.now() - this.#stopping > PATIENCE_MS;
  }

  /** Renews the lease now; a thread does so too. */
  renew(): void {
    if (this.#held) renew(this.#file);
  }

  /** Lets go; the folder stays for who comes next. Does nothing the second time. */
  release(): void {
    if (!this.#letGo()) return;
    try {
      fs.renameSync(this.#file, this.#file.replace(/json$/, "free.json"));
    } catch {
      // Gone already, or the disk is too full for the longer name: then the work is lost, not the place.
      fs.rmSync(this.#file, { force: true });
    }
  }

  /** Lets go and removes the folder, and what owners that have stopped left beside it. */
  finish(): void {
    if (!this.#letGo()) return;
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.rmSync(this.#file, { force: true });
    sweep(this.place);
  }

  #letGo(): boolean {
    if (!this.#held) return false;
    this.#held = false;
    this.#stopRenewing();
    held.delete(this.#file);
    return true;
  }
}

/**
 * Waits until no living process owns the place, then owns it.
 * @param finished asked before each try; once it is true nothing is left to do
 * @param onWait told once, in a sentence, who is waited for
 * @returns undefined when `finished()` became true
 */
export async function claim(
  place: string,
  finished: () => boolean,
  signal: AbortSignal,
  onWait: (sentence: string) => void = () => {},
): Promise<Claim | undefined> {
  for (let told = false; ; ) {
    if (signal.aborted) throw new Cancelled();
    if (finished()) return undefined;
    makePlace(place);
    const last = claimFiles(place).at(-1);
    if (last && standingOf(last) === "alive") {
      const own = held.get(last.path);
      if (own?.isAbandoned) {
        own.release();
        continue;
      }
      if (!told) {
        const owner = readClaim(last);
        if (owner) onWait(`Waiting for ${nameOf(owner)}, which is at work in ${place}.`);
        told = owner !== undefined;
      }
      await sleep(POLL_MS);
      continue;
    }
    const taken = take(place, (last?.number ?? 0) + 1, signal);
    if (taken) return taken;
  }
}

/** Makes the place, which another process that finishes there may remove at any moment. */
function makePlace(place: string): void {
  for (let tries = 1; ; tries++)
    try {
      fs.mkdirSync(place, { recursive: true });
      return;
    } catch (error) {
      // It was there at first and gone at the second look that the recursive call takes.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || tries === MOST_TRIES) throw error;
    }
}

/** Whether a living process works in the place. */
export function isOwned(place: string): boolean {
  return claimFiles(place).some((file) => standingOf(file) === "alive");
}

/** Removes what owners that have stopped left, and the place itself if that is all there is. */
export function sweep(place: string): void {
  const standing = claimFiles(place).map((file) => ({ file, standing: standingOf(file) }));
  if (standing.every(({ standing }) => standing === "free")) {
    removeFolder(place);
    return;
  }
  for (const { file, standing: its } of standing) {
    if (its !== "free") continue;
    const folder = readClaim(file)?.folder;
    if (folder) removeFolder(path.join(place, folder));
    fs.rmSync(file.path, { force: true });
  }
}

/** Creates a claim file whole, unless there is another with that number or a higher one. */
function take(place: string, number: number, signal: AbortSignal): Claim | undefined {
  const owner = thisProcess();
  const digits = createHash("sha256").update(JSON.stringify(owner)).digest("hex").slice(0, 8);
  const folder = `${owner.pid}-${++claims}-${digits}`;
  const file = claimPath(place, number);
  const aside = `${file}.${folder}.tmp`;
  try {
    fs.writeFileSync(aside, JSON.stringify({ ...owner, folder }));
    if (!link(aside, file)) return undefined;
  } catch (error) {
    // Who finished here removed the place in this moment.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
  if (claimFiles(place).some((other) => other.number >= number && other.path !== file)) {
    fs.rmSync(file, { force: true });
    return undefined;
  }
  return new Claim(place, number, folder, signal);
}

/** @returns whether the file was created by this call */
function link(aside: string, file: string): boolean {
  try {
    fs.linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // A network file system that lost its answer says so of our own link, too.
    return fs.statSync(aside).nlink === 2;
  }
}

/** Removes a folder; whoever adds to it meanwhile removes the rest. */
function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}
