import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { Cancelled, UserError } from "../../errors";
import { requireChoice } from "../../models/language/choice";
import { generate } from "../../models/language/generate";
import { languageModel } from "../../models/language/index";
import type { Batch } from "../../pool/schema";
import type { Stream } from "../../random/stream";
import type { Context } from "../../task/task";
import type { Weights } from "../../task/weights";
import { type LanguageConfig, modelConfig } from "./config";
import { FIRST_TOKENS } from "./firstTokens";
import { storyBatch } from "./stories";

/** Stories drawn side by side. */
const TOGETHER = 256;
/** Milliseconds between two reports of progress. */
const REPORT = 250;

/**
 * Stories drawn from a language model, in order. Story i depends on `streams.get("sampling").at(i)`
 * alone, not on how many are drawn side by side.
 * @param together stories drawn side by side
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
  const { streams, signal } = context;
  requireChoice(config.sampling);
  const first =
    config.sampling.start === "first-token" ? firstTokens(weights[FIRST_TOKENS]) : undefined;
  const { tf } = engine({ precision: config.matmul });
  const model = languageModel(modelConfig(config));
  const parameters = new Parameters(
    Object.fromEntries(Object.entries(weights).filter(([name]) => name in model.shapes)),
  );
  const values = parameters.read();
  const sampling = streams.get("sampling");
  let reported = 0;
  try {
    for (let from = 0; from < count; from += together) {
      const n = Math.min(together, count - from);
      const stories = await generate(
        model,
        values,
        Array.from({ length: n }, (_, i) => sampling.at(from + i)),
        {
          ...config.sampling,
          first,
          async after(ended) {
            if (signal.aborted) throw new Cancelled();
            const now = Date.now();
            if (now - reported < REPORT) return;
            reported = now;
            await context.progress(from + ended, count);
          },
        },
      );
      yield storyBatch(stories);
    }
  } finally {
    tf.dispose(values);
    parameters.dispose();
  }
}

/** Draws like the first tokens of the stories that the model was trained on. */
function firstTokens(counts: Weights[string] | undefined): (stream: Stream) => number {
  if (!counts)
    throw new UserError(
      `Stories are to start with the first tokens of real stories, but the weights have no tensor ${FIRST_TOKENS} of their counts. Fit the model again, or set sampling.start to "bos".`,
    );
  const { data } = counts;
  let total = 0;
  const sums = Float64Array.from(data, (n) => (total += n));
  if (!(total > 0))
    throw new UserError(
      `Stories are to start with the first tokens of real stories, but the counts in ${FIRST_TOKENS} are all 0. Set sampling.start to "bos".`,
    );
  return (stream) => {
    const mass = stream.uniform() * total;
    return sums.findIndex((sum) => sum > mass);
  };
}
