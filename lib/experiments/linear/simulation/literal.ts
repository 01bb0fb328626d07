import { standaloneContext, standaloneInput } from "../../../loop/standaloneContext";
import { MemoryBlock } from "../../../pool/memoryBlock";
import { poolOf } from "../../../pool/pool";
import type { Regime } from "../../../pool/regime";
import type { Batch } from "../../../pool/schema";
import { viewOf } from "../../../pool/viewOf";
import type { Streams } from "../../../random/streams";
import type { LinearConfig } from "../config";
import { linearTask } from "../task";

/**
 * Test errors of models 1 … `iterations` as the paper computes them: build X, stack the blocks that
 * the regime names, solve, relabel. Any regime and any config; cost grows with T and n. The same
 * numbers, bit for bit, as the loop gives for the same seed, without its run store.
 */
export async function literalErrors(
  config: LinearConfig,
  regime: Regime,
  iterations: number,
  streams: Streams,
): Promise<Float64Array> {
  const schema = linearTask.schema(config);
  const real = await linearTask.loadReal(config, standaloneContext(streams));
  const test = MemoryBlock.of(schema, [...(real.test as Iterable<Batch>)]);
  const blocks = new Map([[1, MemoryBlock.of(schema, [...(real.train as Iterable<Batch>)])]]);
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const ofModel = streams.generation(n);
    const context = standaloneContext(ofModel, { generation: n });
    const plan = regime.plan(n, config.data.trainItems);
    const view = viewOf(plan, poolOf(blocks), ofModel.get("view"));
    const weights = await linearTask.fit(config, view, context);
    const { metrics } = await linearTask.evaluations["test-error"].run(
      config,
      standaloneInput({ weights, test }),
      context,
    );
    errors[n - 1] = metrics.testError;
    if (n === iterations) break;
    const sampled: Batch[] = [];
    for await (const batch of linearTask.sample(config, weights, plan.produce, context))
      sampled.push(batch);
    blocks.set(n + 1, MemoryBlock.of(schema, sampled));
  }
  return errors;
}
