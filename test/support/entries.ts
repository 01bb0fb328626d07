import * as fs from "node:fs";
import * as path from "node:path";
import { fileDigest } from "../../lib/store/fileDigest";
import { filesBelow } from "../../lib/store/files";
import { KINDS, MANIFEST, readManifest } from "../../lib/store/manifest";
import type { RunStore } from "../../lib/store/runStore";

/** All that a store holds but when and how it was made: manifests, and every file's measured checksum. */
export function entriesOf(store: RunStore): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const kind of KINDS)
    for (const address of store.list(kind).sort()) {
      const folder = store.folder(kind, address);
      const { provenance: _, checksum: __, ...rest } = readManifest(folder);
      const files = filesBelow(folder).filter((name) => name !== MANIFEST);
      const measured = files.map((name) => [name, fileDigest(path.join(folder, name))]);
      entries[`${kind}/${address}`] = { ...rest, measured: Object.fromEntries(measured) };
    }
  return entries;
}

const FRAME: readonly string[] = [...KINDS, "store.json", "drafts"];

/** Everything in a store that is neither an entry nor part of its frame. */
export function leftoversOf(store: RunStore): string[] {
  const left = fs.readdirSync(store.root).filter((name) => !FRAME.includes(name));
  for (const kind of KINDS) {
    const folder = path.join(store.root, kind);
    if (!fs.existsSync(folder)) continue;
    const entries = new Set(store.list(kind));
    left.push(...fs.readdirSync(folder).filter((name) => !entries.has(name)));
    for (const address of entries) {
      const { files } = store.read(kind, address);
      left.push(
        ...filesBelow(store.folder(kind, address)).filter(
          (name) => name !== MANIFEST && !(name in files),
        ),
      );
    }
  }
  if (fs.existsSync(store.drafts)) left.push(...fs.readdirSync(store.drafts));
  return left;
}
