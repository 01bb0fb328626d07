import * as path from "node:path";
import { UserError } from "../errors";
import { DiskBlock } from "../pool/diskBlock";
import { poolOf } from "../pool/pool";
import { viewOf } from "../pool/viewOf";
import { Streams } from "../random/streams";
import { writeFileAtomic } from "../store/atomic";
import type { EntryName, RunStore } from "../store/runStore";
import type { GenerationIdentity } from "./chain";
import { fitted, shareFit } from "./fit";
import type { Context, Task } from "./task";
import { writeItems } from "./writeItems";

export type Phase = "fit" | "evaluate" | "sample";

/** How a running generation reaches the outside. */
export interface Hooks {
  readonly signal: AbortSignal;
  /** Seconds between checkpoints of a fit. */
  readonly checkpointSeconds: number;
  /** Threads that a fit may use side by side. Default: 1. */
  readonly threads?: number;
  /** A sentence that the user should see. */
  notice?(sentence: string): void;
  progress(
    phase: Phase,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): Promise<void>;
}

/**
 * One turn of the model–data loop (paper §2): fit a fresh model to the training view, evaluate it
 * on held-out real items, sample the next block. Finished parts survive a kill; the entry appears
 * in the store only when all of it is there.
 */
export async function runGeneration<C>(
  task: Task<C>,
  identity: GenerationIdentity,
  store: RunStore,
  hooks: Hooks,
): Promise<void> {
  const draft = await store.begin("generation", { ...identity }, hooks.signal, {
    onWait: (sentence) => hooks.notice?.(sentence),
  });
  if (!draft) return;
  const opened: DiskBlock[] = [];
  try {
    const inputs = inputsOf(identity);
    for (const { kind, address } of inputs) store.use(kind, address);
    const blocks = openBlocks(identity, store, opened);
    const test = DiskBlock.open(path.join(store.folder("real", identity.real), "test"));
    opened.push(test);
    const config = identity.config as C;
    const streams = Streams.ofSeed(identity.seed).generation(identity.n);
    const context = (phase: Phase): Context => ({
      streams,
      signal: hooks.signal,
      threads: hooks.threads ?? 1,
      progress: (done, total, values) => hooks.progress(phase, done, total, values),
    });
    const view = viewOf(identity.plan, poolOf(blocks), streams.get("view"));
    const weights = await fitted(
      task,
      identity,
      view,
      draft,
      store,
      { ...context("fit"), test },
      hooks.checkpointSeconds,
      (sentence) => hooks.notice?.(sentence),
    );

    const evaluation = await task.evaluate(config, weights, test, context("evaluate"));
    requireFinite(evaluation.metrics, identity);
    for (const [name, bytes] of Object.entries(evaluation.artefacts ?? {}))
      writeFileAtomic(path.join(draft.folder, name), bytes);

    const { produce } = identity.plan;
    const sampling = context("sample");
    const produced = await writeItems(
      path.join(draft.folder, "block"),
      task.schema(config),
      task.sample(config, weights, produce, sampling),
      (written) => sampling.progress(written, produce),
    );
    if (produced !== produce)
      throw new Error(`Task ${task.name} sampled ${produced} items instead of ${produce}.`);

    draft.commit(
      { metrics: evaluation.metrics, trainedOn: Object.fromEntries(view.counts()), produced },
      inputs,
    );
    shareFit(task, identity, draft.address, store);
  } finally {
    for (const block of opened) block.close();
    draft.release();
  }
}

/** The real data (its test items are read in any case) and the generations whose blocks the plan names. */
function inputsOf({ real, parents }: GenerationIdentity): EntryName[] {
  return [
    { kind: "real", address: real },
    ...Object.values(parents).map((address) => ({ kind: "generation" as const, address })),
  ];
}

/** The blocks that the plan names: block 1 is the real data, block k+1 lies with generation k. */
function openBlocks(
  identity: GenerationIdentity,
  store: RunStore,
  opened: DiskBlock[],
): Map<number, DiskBlock> {
  const blocks = new Map<number, DiskBlock>();
  for (const { block } of identity.plan.parts) {
    if (blocks.has(block)) continue;
    const folder =
      block === 1
        ? path.join(store.folder("real", identity.real), "train")
        : path.join(store.folder("generation", identity.parents[block]), "block");
    const disk = DiskBlock.open(folder);
    opened.push(disk);
    blocks.set(block, disk);
  }
  return blocks;
}

function requireFinite(
  metrics: Readonly<Record<string, number>>,
  { task, n, seed }: GenerationIdentity,
): void {
  for (const [name, value] of Object.entries(metrics))
    if (!Number.isFinite(value))
      throw new UserError(
        `The test metric "${name}" of ${task} (seed ${seed}, iteration ${n}) is ${value}: the model diverged. ` +
          "Lower the learning rate, or check the data; earlier generations are kept.",
      );
}
