import { engine } from "../engine/load";
import { Parameters } from "../engine/parameters";
import { Crew } from "../engine/team/crew";
import type { Service } from "../engine/team/service";
import { Cancelled } from "../errors";
import type { Context } from "../loop/task";
import type { Weights } from "../store/weights";

/** Items `from` … `from + count − 1` of all that are wanted. */
export interface Range {
  readonly from: number;
  readonly count: number;
}

/** Milliseconds between two reports of progress. */
const REPORT = 250;

/**
 * What a service answers to ranges of items, in their order: one after the other in this thread, or
 * side by side in as many as the context allows and there are ranges. An answer has the same bits
 * either way, so that the ranges alone decide about the result; they must not depend on the threads
 * where the items of a range depend on each other.
 * @param weights the model's parameters, all of them and no others
 * @throws Cancelled when the signal or the context's progress says so
 */
export async function* inRanges<C, Answer>(
  service: Service<C, Range, Answer>,
  config: C,
  weights: Weights,
  ranges: readonly Range[],
  context: Context,
): AsyncGenerator<Answer> {
  const threads = Math.min(context.threads ?? 1, ranges.length);
  const reporter = new Reporter(context, ranges);
  if (threads > 1) yield* sideBySide(service, config, weights, ranges, threads, reporter);
  else yield* oneByOne(service, config, weights, ranges, reporter);
}

async function* oneByOne<C, Answer>(
  service: Service<C, Range, Answer>,
  config: C,
  weights: Weights,
  ranges: readonly Range[],
  reporter: Reporter,
): AsyncGenerator<Answer> {
  const parameters = new Parameters(weights);
  const values = parameters.read();
  const serve = service.open(config);
  try {
    for (const range of ranges) {
      const answer = await serve(values, range, (done) => reporter.hear(range, done));
      yield answer;
      await reporter.hear(range, range.count);
    }
  } finally {
    engine().tf.dispose(values);
    parameters.dispose();
  }
}

async function* sideBySide<C, Answer>(
  service: Service<C, Range, Answer>,
  config: C,
  weights: Weights,
  ranges: readonly Range[],
  threads: number,
  reporter: Reporter,
): AsyncGenerator<Answer> {
  const crew = new Crew(service, config, weights, threads);
  const stop = (error: unknown) => crew.dispose(error as Error);
  const cancel = () => stop(new Cancelled());
  reporter.signal.addEventListener("abort", cancel);
  if (reporter.signal.aborted) cancel();
  try {
    const asked: Promise<Answer>[] = [];
    for (const range of ranges) {
      const hear = (done: number) => void reporter.hear(range, done).catch(stop);
      const answer = crew.ask(range, hear);
      // A range that is quickly done tells nothing on its way. Whoever waits for the answer hears of
      // its failure; until then nobody does.
      answer.then(() => hear(range.count)).catch(() => {});
      asked.push(answer);
      if (asked.length > threads) yield await asked.shift()!;
    }
    for (const answer of asked) yield await answer;
  } finally {
    reporter.signal.removeEventListener("abort", cancel);
    crew.dispose();
  }
}

/** Adds up what is done of all ranges, and passes it on now and then. */
class Reporter {
  readonly #done = new Map<Range, number>();
  readonly #total: number;
  #last = 0;

  constructor(
    private readonly context: Context,
    ranges: readonly Range[],
  ) {
    this.#total = ranges.reduce((sum, { count }) => sum + count, 0);
  }

  get signal(): AbortSignal {
    return this.context.signal;
  }

  /** @throws Cancelled when the work is to stop */
  async hear(range: Range, done: number): Promise<void> {
    if (this.signal.aborted) throw new Cancelled();
    this.#done.set(range, done);
    let sum = 0;
    for (const number of this.#done.values()) sum += number;
    const now = Date.now();
    if (now - this.#last < REPORT && sum < this.#total) return;
    this.#last = now;
    await this.context.progress(sum, this.#total);
  }
}
