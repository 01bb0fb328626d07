import * as fs from "node:fs";
import * as path from "node:path";
import { messageOf } from "../errors";
import { addressOf } from "./address";
import { isOwned } from "./claim";
import { Damaged } from "./damaged";
import { fileDigest } from "./fileDigest";
import { filesBelow } from "./files";
import { contentOf, KINDS, type Kind, MANIFEST, type Manifest, readManifest } from "./manifest";
import type { RunStore } from "./runStore";

/** Something in a store that cannot be used. */
export interface Finding {
  /** A folder, or a checkpoint's file. */
  readonly path: string;
  readonly why: string;
}

interface Entry {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Reads all of a store: every file of every entry, what the entries were made from, and the
 * checkpoints of drafts that no living process is at work on.
 * @returns what is damaged, or was made from something that is; empty for a sound store
 */
export function verify(store: RunStore): Finding[] {
  const damaged = new Map<string, Finding>();
  const sound = new Map<string, Entry>();
  for (const kind of KINDS)
    for (const name of namesIn(path.join(store.root, kind))) {
      const folder = store.folder(kind, name);
      try {
        sound.set(`${kind}/${name}`, { folder, manifest: verifyEntry(folder, kind) });
      } catch (error) {
        const why = error instanceof Damaged ? error.why : messageOf(error);
        damaged.set(`${kind}/${name}`, { path: folder, why });
      }
    }
  addDescendants(sound, damaged);
  return [...damaged.values(), ...draftsOf(store).flatMap((place) => verifyDraft(store, place))];
}

/** @throws Damaged naming the first thing that is wrong */
function verifyEntry(folder: string, kind: Kind): Manifest {
  const manifest = readManifest(folder);
  if (manifest.kind !== kind || addressOf(manifest.identity) !== path.basename(folder))
    throw new Damaged(folder, "its address is not the hash of its identity");
  for (const [name, { sha256 }] of Object.entries(manifest.files))
    if (fileDigest(path.join(folder, name)).sha256 !== sha256)
      throw new Damaged(folder, `${name} does not have the recorded SHA-256`);
  for (const name of filesBelow(folder))
    if (name !== MANIFEST && !Object.hasOwn(manifest.files, name))
      throw new Damaged(folder, `it holds ${name}, which its manifest does not list`);
  return manifest;
}

/** Moves what was made from a damaged entry, directly or not, from the sound to the damaged ones. */
function addDescendants(sound: Map<string, Entry>, damaged: Map<string, Finding>): void {
  for (let before = -1; before !== damaged.size; ) {
    before = damaged.size;
    for (const [name, { folder, manifest }] of sound)
      for (const { kind, address, content } of manifest.inputs) {
        const input = `${kind}/${address}`;
        const now = sound.get(input)?.manifest;
        const why = damaged.has(input)
          ? `it was made from ${input}, which is damaged`
          : now && contentOf(now) !== content
            ? `it was made from another ${input}`
            : undefined;
        if (!why) continue;
        sound.delete(name);
        damaged.set(name, { path: folder, why });
        break;
      }
  }
}

/** Folders of unfinished entries. */
export const draftsOf = (store: RunStore): string[] =>
  namesIn(store.drafts).map((name) => path.join(store.drafts, name));

function verifyDraft(store: RunStore, place: string): Finding[] {
  if (isOwned(place)) return [];
  if (KINDS.some((kind) => store.has(kind, path.basename(place))))
    return [{ path: place, why: "it is the draft of an entry that is finished" }];
  return filesBelow(place)
    .map((name) => ({ file: path.join(place, name), sha256: /-([0-9a-f]{64})\.\w+$/.exec(name) }))
    .filter(({ file, sha256 }) => sha256 && fileDigest(file).sha256 !== sha256[1])
    .map(({ file }) => ({ path: file, why: "it does not have the SHA-256 in its name" }));
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}
