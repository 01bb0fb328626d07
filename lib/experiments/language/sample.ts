import { engine } from "../../engine/load";
import { UserError } from "../../errors";
import type { Context } from "../../loop/task";
import { requireChoice } from "../../models/language/choice";
import { languageModel } from "../../models/language/index";
import type { Batch } from "../../pool/schema";
import type { Weights } from "../../store/weights";
import { inRanges, type Range } from "../inRanges";
import { type LanguageConfig, modelConfig } from "./config";
import { FIRST_TOKENS } from "./firstTokens";
import { storyBatch } from "./stories";
import { storyteller, type Telling } from "./storyteller";

/** Most stories drawn side by side. */
const TOGETHER = 256;
/** Fewest that are worth a thread of their own. */
const SHARE = 32;
/** Most that the keys and values of all threads may take, in bytes. */
const CACHE = 512 * 2 ** 20;

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
  const ranges = divided(count, together, threads);
  const drawing = inRanges(storyteller, telling, own, ranges, { ...context, threads });
  for await (const stories of drawing) yield storyBatch(stories);
}

/** Ranges of nearly equal size, of which every thread gets as many as the others. */
function divided(count: number, together: number, threads: number): Range[] {
  if (count === 0) return [];
  const rounds = Math.ceil(count / (together * threads));
  const size = Math.min(together, Math.max(SHARE, Math.ceil(count / (rounds * threads))));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, count - i * size),
  }));
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
