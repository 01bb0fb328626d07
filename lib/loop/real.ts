import * as path from "node:path";
import { UserError } from "../errors";
import { Streams } from "../random/streams";
import { addressOf } from "../store/address";
import { writeFileAtomic } from "../store/atomic";
import { MANIFEST, type Manifest } from "../store/manifest";
import type { RunStore } from "../store/runStore";
import { restricted, sectionsOf } from "./sections";
import { changedSources, recordOf } from "./sourceFiles";
import type { OnStep, Task } from "./task";
import { writeItems } from "./writeItems";

/** A task's real data in the run store: training block and held-out block. */
export interface RealEntry {
  readonly address: string;
  /** SHA-256 over the blocks' arrays and the artefacts. */
  readonly data: string;
  /** T, the number of real training items. */
  readonly items: number;
  readonly description: string;
}

/** What is told while real data are loaded. */
export interface RealHooks {
  /** Shows a sentence to the user. */
  readonly notice?: (sentence: string) => void;
  readonly onStep?: OnStep;
}

/** Loads the real data of a chain into the store, once, and says where they are. */
export async function prepareReal<C>(
  task: Task<C>,
  config: C,
  seed: number,
  store: RunStore,
  signal: AbortSignal,
  { notice = () => {}, onStep = () => {} }: RealHooks = {},
): Promise<RealEntry> {
  const asConfigured = realIdentity(task, config, seed);
  const identity = { ...asConfigured, ...changesSince(addressOf(asConfigured), store, notice) };
  const address = addressOf(identity);
  const draft = await store.begin("real", identity, signal, { onWait: notice });
  if (draft) {
    try {
      const streams = dataStreams(task, seed);
      const own = restricted(config, ["data"], `The data of task "${task.name}"`);
      const real = await task.loadReal(own, {
        streams,
        signal,
        onStep,
        onUnknown: (source, file) => draft.addSource(recordOf(source, file)),
      });
      const schema = task.schema(own);
      const write = (part: "train" | "test", before: number) =>
        writeItems(path.join(draft.folder, part), schema, real[part], (written) => {
          if (real.items) onStep("writing items", before + written, real.items);
        });
      const train = await write("train", 0);
      const test = await write("test", train);
      if (train === 0 || test === 0)
        throw new UserError(
          `${real.description} gives ${train} training and ${test} test items; both must be at least 1. Check the item counts in the config.`,
        );
      for (const [name, bytes] of Object.entries(real.artefacts ?? {})) {
        if (!/^\w[\w-]*\.\w+$/.test(name) || name === MANIFEST)
          throw new Error(`Task ${task.name} cannot keep "${name}" beside its real data.`);
        writeFileAtomic(path.join(draft.folder, name), bytes);
      }
      draft.commit({
        train,
        test,
        checksums: real.checksums,
        description: real.description,
      });
    } finally {
      draft.release();
    }
  }
  return entryOf(address, store.use("real", address));
}

/** The real data of a chain, if they are in the store already; nothing is loaded. */
export function storedReal<C>(
  task: Task<C>,
  config: C,
  seed: number,
  store: RunStore,
): RealEntry | undefined {
  const address = realAddress(task, config, seed);
  return store.has("real", address) ? entryOf(address, store.read("real", address)) : undefined;
}

/** Where the real data of a chain are in a run store, or would be. */
export function realAddress<C>(task: Task<C>, config: C, seed: number): string {
  return addressOf(realIdentity(task, config, seed));
}

/** Everything that determines the real data of a chain. */
function realIdentity<C>(task: Task<C>, config: C, seed: number) {
  return {
    what: "real",
    task: task.name,
    version: task.version.data,
    config: sectionsOf(config, ["data"]),
    seed: task.seededData ? seed : null,
  };
}

/**
 * What tells data that are loaded anew from the stored ones, if a file that those were loaded from
 * has changed: nothing in the config does.
 */
function changesSince(
  address: string,
  store: RunStore,
  notice: (sentence: string) => void,
): { readonly sources?: Readonly<Record<string, string>> } {
  if (!store.has("real", address)) return {};
  const sources = changedSources(store.read("real", address).provenance.sources ?? []);
  if (!sources) return {};
  notice(
    `${Object.keys(sources).join(" or ")} has changed since the stored copy of these data was made; the copy of the changed data is used, or made now.`,
  );
  return { sources };
}

/** Streams of what is done with the real data alone. */
export function dataStreams<C>(task: Task<C>, seed: number): Streams {
  return Streams.ofSeed(task.seededData ? seed : 0);
}

function entryOf(address: string, manifest: Manifest): RealEntry {
  const { train, description } = manifest.result as { train: number; description: string };
  const data = Object.entries(manifest.files)
    // Files at the top are artefacts.
    .filter(([name]) => name.endsWith(".npy") || !name.includes("/"))
    .map(([name, file]) => [name, file.sha256]);
  return { address, data: addressOf(data), items: train, description };
}
