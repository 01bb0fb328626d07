import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import type { Evaluation } from "../../loop/evaluation";
import { encodeNpy } from "./arrays";
import type { LanguageConfig } from "./config";
import { modelOf } from "./model";
import { lossPerToken, storyLosses } from "./storyLosses";

/** Artefacts: −log probability of each held-out story in nats, and its number of predicted tokens. */
export const STORY_LOSSES = "story-losses.npy";
export const STORY_TOKENS = "story-tokens.npy";

/**
 * Cross-entropy of all held-out stories:
 *
 * - `loss`: nats per token, mean over all tokens including each story's end (the paper's number);
 * - `storyLoss`: nats per story, mean over stories;
 * - `perplexity`: exp(loss);
 * - `cutShare`: share of stories longer than the context, of which only the beginning counts.
 */
export const testLoss: Evaluation<LanguageConfig> = {
  version: 1,
  sections: [],
  async run(config, { weights, test }, context) {
    const { tf } = engine();
    const model = modelOf(config);
    const parameters = new Parameters(weights);
    const values = parameters.read();
    try {
      const losses = await storyLosses(model, values, test, test.length, (done) =>
        context.progress(done, test.length),
      );
      const { nats, tokens, truncated } = losses;
      const loss = lossPerToken(losses);
      return {
        metrics: {
          loss,
          storyLoss: nats.reduce((a, b) => a + b, 0) / test.length,
          perplexity: Math.exp(loss),
          cutShare: truncated / test.length,
        },
        artefacts: {
          [STORY_LOSSES]: encodeNpy("float64", nats),
          [STORY_TOKENS]: encodeNpy("int32", tokens),
        },
      };
    } finally {
      tf.dispose(values);
      parameters.dispose();
    }
  },
};
