import { UserError } from "../../errors";
import type { Context } from "../../loop/task";
import { requireSamplingOptions } from "../../models/language/samplingOptions";
import type { Batch } from "../../pool/schema";
import type { Weights } from "../../store/weights";
import { mapRanges, type Range } from "../mapRanges";
import { type LanguageConfig, modelConfig } from "./config";
import { FIRST_TOKENS } from "./firstTokens";
import { modelOf } from "./model";
import { storyBatch } from "./stories";
import { type SamplerConfig, storySampler } from "./storySampler";

/** Maximum number of stories sampled together. */
const BATCH = 256;
/** Minimum number that is worth a thread of its own. */
const MIN_BATCH = 32;
/** Maximum size of the keys and values of all threads together, in bytes. */
const CACHE = 512 * 2 ** 20;

/**
 * Samples stories from a language model, in order. Story i depends on
 * `streams.get("sampling").at(i)` alone, neither on the batch size nor on the number of threads.
 * @param batchSize maximum number of stories sampled together
 * @throws UserError on a temperature, topK or topP out of range, or when stories have to begin with
 *   real first tokens and the weights do not hold their counts
 */
export async function* sample(
  config: LanguageConfig,
  weights: Weights,
  count: number,
  context: Context,
  batchSize = BATCH,
): AsyncGenerator<Batch> {
  requireSamplingOptions(config.sampling);
  const fromData = config.sampling.start === "first-token";
  const threads = Math.min(context.threads ?? 1, Math.ceil(count / MIN_BATCH));
  const sampler: SamplerConfig = {
    shape: modelConfig(config),
    precision: config.model.precision,
    sampling: config.sampling,
    firstTokenCounts: fromData ? firstTokenCounts(weights[FIRST_TOKENS]) : undefined,
    stream: context.streams.get("sampling").path,
    cacheBytes: Math.floor(CACHE / Math.max(1, threads)),
  };
  const { shapes } = modelOf(config);
  const parameters = Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
  const batches = mapRanges(
    {
      ...{ job: storySampler, config: sampler, weights: parameters },
      ranges: divide(count, batchSize, threads),
    },
    { ...context, threads },
  );
  for await (const stories of batches) yield storyBatch(stories);
}

/** Ranges of nearly equal size, the same number for every thread. */
function divide(count: number, batchSize: number, threads: number): Range[] {
  if (count === 0) return [];
  const rounds = Math.ceil(count / (batchSize * threads));
  const size = Math.min(batchSize, Math.max(MIN_BATCH, Math.ceil(count / (rounds * threads))));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, count - i * size),
  }));
}

/** How often each token begins a story that the model was trained on. */
function firstTokenCounts(counts: Weights[string] | undefined): Float64Array {
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
