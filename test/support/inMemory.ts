import { standaloneContext } from "../../lib/loop/standaloneContext";
import type { Task } from "../../lib/loop/task";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { poolOf } from "../../lib/pool/pool";
import type { Regime } from "../../lib/pool/regime";
import type { Batch } from "../../lib/pool/schema";
import { viewOf } from "../../lib/pool/viewOf";
import { Streams } from "../../lib/random/streams";
import type { Weights } from "../../lib/store/weights";

/**
 * The models of one chain, computed as the loop does but without a store, so that thousands of short
 * chains take seconds. No curation.
 */
export async function inMemory<C>(
  task: Task<C>,
  config: C,
  regime: Regime,
  seed: number,
  iterations: number,
): Promise<Weights[]> {
  const streams = Streams.ofSeed(seed);
  const schema = task.schema(config);
  const real = await task.loadReal(config, standaloneContext(streams));
  const first = MemoryBlock.of(schema, [...(real.train as Iterable<Batch>)]);
  const blocks = new Map([[1, first]]);
  const models: Weights[] = [];
  for (let n = 1; n <= iterations; n++) {
    const own = streams.generation(n);
    const context = standaloneContext(own, { generation: n });
    const plan = regime.plan(n, first.length);
    const view = viewOf(plan, poolOf(blocks), own.get("view"));
    const weights = await task.fit(config, view, context);
    models.push(weights);
    const sampled: Batch[] = [];
    for await (const batch of task.sample(config, weights, plan.produce, context))
      sampled.push(batch);
    blocks.set(n + 1, MemoryBlock.of(schema, sampled));
  }
  return models;
}
