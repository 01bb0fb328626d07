import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { Crew } from "../../engine/team/crew";
import { Cancelled, UserError } from "../../errors";
import { requireChoice } from "../../models/language/choice";
import { languageModel } from "../../models/language/index";
import type { Batch } from "../../pool/schema";
import type { Context } from "../../task/task";
import type { Weights } from "../../task/weights";
import { type LanguageConfig, modelConfig } from "./config";
import { FIRST_TOKENS } from "./firstTokens";
import { storyBatch } from "./stories";
import { type StoryRange, storyteller, type Telling } from "./storyteller";

/** Most stories drawn side by side. */
const TOGETHER = 256;
/** Fewest that are worth a thread of their own. */
const SHARE = 32;
/** Most that the keys and values of all threads may take, in bytes. */
const CACHE = 512 * 2 ** 20;
/** Milliseconds between two reports of progress. */
const REPORT = 250;

/**
 * Stories drawn from a language model, in order. Story i depends on `streams.get("sampling").at(i)`
 * alone, not on how many are drawn side by side, nor on how many threads draw.
 * @param together most stories drawn side by side
 * @throws UserError on a temperature, topK or topP out of range, or when the stories are to begin
 *   with real first tokens and the weights do not tell those
 */
export async function* sample(
  config: LanguageConfig,
  weights: Weights,
  count: number,
  context: Context,
  together = TOGETHER,
): AsyncGenerator<Batch> {
  requireChoice(config.sampling);
  const fromData = config.sampling.start === "first-token";
  engine({ precision: config.matmul });
  const threads = Math.min(context.threads ?? 1, Math.ceil(count / SHARE));
  const telling: Telling = {
    model: modelConfig(config),
    choice: config.sampling,
    firsts: fromData ? firstTokens(weights[FIRST_TOKENS]) : undefined,
    path: context.streams.get("sampling").path,
    cacheBytes: Math.floor(CACHE / Math.max(1, threads)),
  };
  const { shapes } = languageModel(telling.model);
  const own = Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
  const reporter = new Reporter(context, count);
  const ranges = divided(count, together, threads);
  const answers =
    threads > 1
      ? sideBySide(telling, own, ranges, threads, reporter)
      : oneByOne(telling, own, ranges, reporter);
  for await (const stories of answers) yield storyBatch(stories);
}

type Stories = AsyncGenerator<Uint16Array[]>;

async function* oneByOne(
  telling: Telling,
  weights: Weights,
  ranges: readonly StoryRange[],
  reporter: Reporter,
): Stories {
  const parameters = new Parameters(weights);
  const values = parameters.read();
  const tell = storyteller.open(telling);
  try {
    for (const range of ranges) yield await tell(values, range, (n) => reporter.hear(range, n));
  } finally {
    engine().tf.dispose(values);
    parameters.dispose();
  }
}

async function* sideBySide(
  telling: Telling,
  weights: Weights,
  ranges: readonly StoryRange[],
  threads: number,
  reporter: Reporter,
): Stories {
  const crew = new Crew(storyteller, telling, weights, threads);
  const stop = (error: unknown) => crew.dispose(error as Error);
  const cancel = () => stop(new Cancelled());
  reporter.signal.addEventListener("abort", cancel);
  if (reporter.signal.aborted) cancel();
  try {
    const asked: Promise<Uint16Array[]>[] = [];
    for (const range of ranges) {
      const hear = (ended: number) => void reporter.hear(range, ended).catch(stop);
      const stories = crew.ask(range, hear);
      // A range that is drawn quickly tells nothing on its way.
      stories.then(() => hear(range.count)).catch(() => {});
      asked.push(stories);
      if (asked.length > threads) yield await asked.shift()!;
    }
    for (const stories of asked) yield await stories;
  } finally {
    reporter.signal.removeEventListener("abort", cancel);
    crew.dispose();
  }
}

/** Ranges of nearly equal size, of which every thread gets as many as the others. */
function divided(count: number, together: number, threads: number): StoryRange[] {
  if (count === 0) return [];
  const rounds = Math.ceil(count / (together * threads));
  const size = Math.min(together, Math.max(SHARE, Math.ceil(count / (rounds * threads))));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, count - i * size),
  }));
}

/** Adds up what is done of all ranges, and passes it on now and then. */
class Reporter {
  readonly #ended = new Map<StoryRange, number>();
  #last = 0;

  constructor(
    private readonly context: Context,
    private readonly count: number,
  ) {}

  get signal(): AbortSignal {
    return this.context.signal;
  }

  /** @throws Cancelled when the work is to stop */
  async hear(range: StoryRange, ended: number): Promise<void> {
    if (this.signal.aborted) throw new Cancelled();
    this.#ended.set(range, ended);
    const now = Date.now();
    if (now - this.#last < REPORT) return;
    this.#last = now;
    let done = 0;
    for (const number of this.#ended.values()) done += number;
    await this.context.progress(done, this.count);
  }
}

/** Counts of the tokens with which the stories begin that the model was trained on. */
function firstTokens(counts: Weights[string] | undefined): Float64Array {
  if (!counts)
    throw new UserError(
      `Stories are to start with the first tokens of real stories, but the weights have no tensor ${FIRST_TOKENS} of their counts. Fit the model again, or set sampling.start to "bos".`,
    );
  const found = Float64Array.from(counts.data as ArrayLike<number>);
  if (!found.some((n) => n > 0))
    throw new UserError(
      `Stories are to start with the first tokens of real stories, but the counts in ${FIRST_TOKENS} are all 0. Set sampling.start to "bos".`,
    );
  return found;
}
