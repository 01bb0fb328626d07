import { Adam } from "../../engine/adam";
import type { FitContext } from "../../loop/task";
import type { View } from "../../pool/view";
import type { Weights } from "../../store/weights";
import { train } from "../../training/train";
import { initialWeights } from "./checkpoints";
import { epochsAt, type LanguageConfig, modelConfig } from "./config";
import { FirstTokens } from "./firstTokens";
import { languageGradients, microBatches } from "./gradients";
import { modelOf } from "./model";
import { storiesIn } from "./stories";
import { lossPerToken, storyLosses } from "./storyLosses";

/**
 * Trains a model, fresh or from the checkpoint `model.initial`, on the view: one story per example, batches of whole stories without padding,
 * AdamW. Records: see {@link train}; `loss` and, at the points of the learning curve, `testLoss` are
 * in nats per token.
 * @returns the parameters, and how often each token began a training story
 */
export async function fit(
  config: LanguageConfig,
  view: View,
  context: FitContext,
): Promise<Weights> {
  const { training } = config;
  const shape = modelConfig(config);
  const model = modelOf(config);
  const { test, resume, signal } = context;
  const { initial } = config.model;
  // A resumed fit has its parameters in its own checkpoint.
  const start =
    initial !== undefined && !resume
      ? await initialWeights(initial, shape, config.data.tokenizer, { signal })
      : undefined;
  const { curve, microBatches: count = 1 } = training;
  const firstTokens = new FirstTokens(shape.vocabulary, resume?.state);
  const weights = await train(
    {
      training: { ...training, epochs: epochsAt(config, context.generation) },
      items: view.length,
      model: { shape, precision: config.model.precision },
      initial: (stream) => start ?? model.initial(stream),
      optimiser: (parameters, resume) => new Adam(parameters, training, resume),
      gradients: languageGradients,
      batch(items) {
        const stories = storiesIn(view.gather(items));
        firstTokens.count(stories);
        return microBatches(stories, count, shape);
      },
      unit: "tokens",
      count: ([{ tokensInBatch }]) => tokensInBatch,
      recordEvery: 20,
      learningCurve: test && {
        perEpoch: curve.evaluations,
        async measure(values) {
          const stories = curve.items === "all" ? test.length : Math.min(curve.items, test.length);
          return { testLoss: lossPerToken(await storyLosses(model, values, test, stories)) };
        },
      },
      state: () => firstTokens.state(),
    },
    context,
  );
  return { ...weights, ...firstTokens.state() };
}
