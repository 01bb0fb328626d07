import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { LanguageModel } from "../../models/language/model";
import { pack } from "../../models/language/packed";
import type { Block } from "../../pool/block";
import { storyGroups } from "./stories";

/** Tokens per forward pass, which bounds memory: the logits are [tokens, vocabulary]. */
const TOKENS = 4096;

/** Cross-entropy of stories under a model. */
export interface StoryLosses {
  /** −log probability of each story's tokens, in nats. */
  readonly nats: Float64Array;
  /** Number of predicted tokens of each story. */
  readonly tokens: Int32Array;
  /** Number of stories that are longer than the context and were truncated. */
  readonly truncated: number;
}

/**
 * −log probability of the first `count` stories of a block, each up to the model's context.
 * @param report called with the number of stories done
 */
export async function storyLosses(
  model: LanguageModel,
  values: Values,
  block: Block,
  count: number,
  report: (done: number) => Promise<void> = async () => {},
): Promise<StoryLosses> {
  const nats = new Float64Array(count);
  const tokens = new Int32Array(count);
  let truncated = 0;
  let done = 0;
  for (const stories of storyGroups(block, count, model.config.context, TOKENS)) {
    const batch = pack(stories, model.config);
    const losses = tidy(() => model.losses(values, batch));
    stories.forEach((story, s) => {
      const [from, to] = [batch.offsets[s], batch.offsets[s + 1]];
      for (let i = from; i < to; i++) nats[done + s] += losses[i];
      tokens[done + s] = to - from;
      if (story.length > to - from) truncated++;
    });
    done += stories.length;
    await report(done);
  }
  return { nats, tokens, truncated };
}

/** Nats per token, the mean over all tokens. */
export function lossPerToken({ nats, tokens }: Pick<StoryLosses, "nats" | "tokens">): number {
  return sum(nats) / sum(tokens);
}

function sum(numbers: Float64Array | Int32Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
