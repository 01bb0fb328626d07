import { engine } from "../engine/load";
import type { InferenceJob } from "../engine/parallel/inferenceJob";
import { WorkerPool } from "../engine/parallel/workerPool";
import { Parameters } from "../engine/parameters";
import { Cancelled } from "../errors";
import type { Context } from "../loop/task";
import type { Weights } from "../store/weights";

/** Items `from` … `from + count − 1`. */
export interface Range {
  readonly from: number;
  readonly count: number;
}

/** Work on ranges of items. */
export interface RangesJob<C, Result> {
  readonly job: InferenceJob<C, Range, Result>;
  /** Which model, and what else the job needs. */
  readonly config: C;
  /** The model's parameters, all of them and no others. */
  readonly weights: Weights;
  readonly ranges: readonly Range[];
}

/** Milliseconds between two progress reports. */
const INTERVAL = 250;

/**
 * Yields the result for each range, in order. Ranges run sequentially, or in parallel on up to
 * `context.threads` threads; the results are bit-identical. Choose the ranges independently of the
 * thread count.
 * @throws Cancelled when the signal is aborted or the context's progress throws it
 */
export async function* mapRanges<C, Result>(
  work: RangesJob<C, Result>,
  context: Context,
): AsyncGenerator<Result> {
  const threads = Math.min(context.threads ?? 1, work.ranges.length);
  const progress = new RangesProgress(context, work.ranges);
  if (threads > 1) yield* parallel(work, threads, progress);
  else yield* sequential(work, progress);
}

async function* sequential<C, Result>(
  { job, config, weights, ranges }: RangesJob<C, Result>,
  progress: RangesProgress,
): AsyncGenerator<Result> {
  const parameters = new Parameters(weights);
  const values = parameters.read();
  const run = job.prepare(config);
  try {
    for (const range of ranges) {
      yield await run(values, range, (done) => progress.update(range, done));
      await progress.update(range, range.count);
    }
  } finally {
    engine().tf.dispose(values);
    parameters.dispose();
  }
}

async function* parallel<C, Result>(
  { job, config, weights, ranges }: RangesJob<C, Result>,
  threads: number,
  progress: RangesProgress,
): AsyncGenerator<Result> {
  const pool = new WorkerPool(job, config, weights, threads);
  const stop = (error: unknown) => pool.dispose(error as Error);
  const cancel = () => stop(new Cancelled());
  progress.signal.addEventListener("abort", cancel);
  if (progress.signal.aborted) cancel();
  try {
    const pending: Promise<Result>[] = [];
    for (const range of ranges) {
      const update = (done: number) => void progress.update(range, done).catch(stop);
      const result = pool.run(range, update);
      // A range that finishes quickly reports no progress of its own. Its failure is handled by
      // whoever awaits the result, which may be later.
      result.then(() => update(range.count)).catch(() => {});
      pending.push(result);
      if (pending.length > threads) yield await pending.shift()!;
    }
    for (const result of pending) yield await result;
  } finally {
    progress.signal.removeEventListener("abort", cancel);
    pool.dispose();
  }
}

/** Adds up the progress of all ranges and reports the sum now and then. */
class RangesProgress {
  readonly #done = new Map<Range, number>();
  readonly #total: number;
  #reported = 0;

  constructor(
    private readonly context: Context,
    ranges: readonly Range[],
  ) {
    this.#total = ranges.reduce((sum, { count }) => sum + count, 0);
  }

  get signal(): AbortSignal {
    return this.context.signal;
  }

  /** @throws Cancelled when the work has to stop */
  async update(range: Range, done: number): Promise<void> {
    if (this.signal.aborted) throw new Cancelled();
    this.#done.set(range, done);
    let sum = 0;
    for (const number of this.#done.values()) sum += number;
    const now = Date.now();
    if (now - this.#reported < INTERVAL && sum < this.#total) return;
    this.#reported = now;
    await this.context.progress(sum, this.#total);
  }
}
