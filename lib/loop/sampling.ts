import { UserError } from "../errors";
import type { Block } from "../pool/block";
import { type CurationCounts, curate } from "../pool/curation/curate";
import type { Plan } from "../pool/regime";
import type { Batch, Schema } from "../pool/schema";
import { Streams } from "../random/streams";
import type { Weights } from "../store/weights";
import type { CuratorInput } from "./curator";
import type { SampleContext, Task } from "./task";

/** What the items of a block come from. */
export interface SampledFrom<C> {
  readonly task: Task<C>;
  readonly config: C;
  readonly plan: Plan;
  readonly schema: Schema;
  readonly weights: Weights;
  readonly given: CuratorInput;
  readonly context: SampleContext;
  /** Puts samples aside until the last one is drawn. */
  store(batches: AsyncIterable<Batch>): Promise<Block>;
}

/** The items of the block that a model makes: its samples, or what curation leaves of them. */
export function sampledItems<C>(
  from: SampledFrom<C>,
  counts: CurationCounts,
): AsyncIterable<Batch> {
  const { task, config, plan, schema, weights, given, context, store } = from;
  if (!plan.curate) return task.sample(config, weights, plan.produce, context);
  const source = {
    schema,
    draw: (count: number, round: number) =>
      task.sample(config, weights, count, { ...context, streams: ofRound(context.streams, round) }),
    async score(name: string, batch: Batch) {
      const scores = await task.scores![name].run(config, batch, given);
      if (scores.length !== batch.length)
        throw new Error(
          `Score "${name}" gives ${scores.length} numbers for ${batch.length} items.`,
        );
      for (let i = 0; i < scores.length; i++)
        if (!Number.isFinite(scores[i]))
          throw new UserError(
            `The score "${name}" of task "${task.name}" is ${scores[i]} for a sample; it must be finite.`,
          );
      return scores;
    },
    async edit(name: string, batch: Batch, streamOf: Parameters<CuratedEdit<C>>[3]) {
      const edited = await task.edits![name].run(config, batch, given, streamOf);
      if (edited.length !== batch.length)
        throw new Error(`Edit "${name}" makes ${edited.length} items of ${batch.length}.`);
      return edited;
    },
    store,
  };
  const stream = context.streams.get("curation");
  return curate(plan.curate, plan.produce, source, stream, counts);
}

type CuratedEdit<C> = NonNullable<Task<C>["edits"]>[string]["run"];

const ofRound = (streams: Streams, round: number): Streams =>
  round === 0 ? streams : new Streams([...streams.path, "round", round]);
