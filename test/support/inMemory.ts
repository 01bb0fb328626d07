import type { CuratorInput } from "../../lib/loop/curator";
import { sampledItems } from "../../lib/loop/sampling";
import { standaloneContext } from "../../lib/loop/standaloneContext";
import type { Task } from "../../lib/loop/task";
import type { CurationCounts } from "../../lib/pool/curation/curate";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { poolOf } from "../../lib/pool/pool";
import type { Regime } from "../../lib/pool/regime";
import type { Batch } from "../../lib/pool/schema";
import { viewOf } from "../../lib/pool/viewOf";
import { Streams } from "../../lib/random/streams";
import type { Weights } from "../../lib/store/weights";

/** A model and what became of its samples. */
export interface InMemoryGeneration {
  readonly weights: Weights;
  readonly counts: CurationCounts;
}

/**
 * One chain, computed as the loop does but without a store, so that thousands of short chains take
 * seconds. Scores and edits see no model and no real data.
 */
export async function generationsInMemory<C>(
  task: Task<C>,
  config: C,
  regime: Regime,
  seed: number,
  iterations: number,
): Promise<InMemoryGeneration[]> {
  const streams = Streams.ofSeed(seed);
  const { signal } = new AbortController();
  const schema = task.schema(config);
  const real = await task.loadReal(config, standaloneContext(streams));
  const first = MemoryBlock.of(schema, [...(real.train as Iterable<Batch>)]);
  const blocks = new Map([[1, first]]);
  const models: InMemoryGeneration[] = [];
  for (let n = 1; n <= iterations; n++) {
    const own = streams.generation(n);
    const context = standaloneContext(own, { generation: n, signal });
    const plan = regime.plan(n, first.length);
    const view = viewOf(plan, poolOf(blocks), own.get("view"));
    const weights = await task.fit(config, view, context);
    const counts = { drawn: 0, kept: 0, changed: 0 };
    const store = async (batches: AsyncIterable<Batch>) =>
      MemoryBlock.of(schema, await collected(batches));
    const from = { task, config, plan, schema, weights, given: NOTHING, context, store };
    blocks.set(n + 1, MemoryBlock.of(schema, await collected(sampledItems(from, counts))));
    models.push({ weights, counts });
  }
  return models;
}

/** The models alone. */
export async function inMemory<C>(...chain: Parameters<typeof generationsInMemory<C>>) {
  return (await generationsInMemory(...chain)).map(({ weights }) => weights);
}

const NOTHING = new Proxy({} as CuratorInput, {
  get() {
    throw new Error("Chains in memory have no curation that reads models or real data.");
  },
});

async function collected(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
