import { UserError } from "../errors";
import { KINDS, type Kind } from "../store/manifest";
import type { RunStore } from "../store/runStore";
import { describe } from "./listRuns";

/**
 * Prints folder and manifest of the entry whose address starts with `start`.
 * @throws UserError when none or more than one does
 */
export function explainRun(store: RunStore, start: string | undefined): void {
  if (!start) throw new UserError("runs explain needs an address, or the start of one.");
  const { kind, address } = entryAt(store, start);
  console.log(store.folder(kind, address));
  console.log(JSON.stringify(store.read(kind, address), null, 2));
}

/**
 * The entry whose address starts with `start`.
 * @throws UserError when none or more than one does
 */
export function entryAt(store: RunStore, start: string): { kind: Kind; address: string } {
  const found = KINDS.flatMap((kind) =>
    store
      .list(kind)
      .filter((address) => address.startsWith(start))
      .map((address) => ({ kind, address })),
  );
  if (found.length === 0)
    throw new UserError(`No entry's address starts with "${start}". npm run runs lists them.`);
  if (found.length > 1)
    throw new UserError(
      `${found.length} addresses start with "${start}"; give more of one:\n` +
        found
          .map(({ kind, address }) => `${address} ${describe(store.read(kind, address))}`)
          .join("\n"),
    );
  return found[0];
}
