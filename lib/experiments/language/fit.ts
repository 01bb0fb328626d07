import { Adam } from "../../engine/adam";
import { engine } from "../../engine/load";
import type { FitContext } from "../../loop/task";
import { languageModel } from "../../models/language/index";
import type { View } from "../../pool/view";
import type { Weights } from "../../store/weights";
import { train } from "../../training/train";
import { epochsAt, type LanguageConfig, modelConfig } from "./config";
import { storyLosses } from "./evaluate";
import { FirstTokens } from "./firstTokens";
import { languageGradients, microBatches } from "./gradients";
import { storiesIn } from "./stories";

/**
 * Trains a fresh model on the view: one story per example, batches of whole stories without padding,
 * AdamW. Records: see {@link train}; `loss` and, at the points of the learning curve, `testLoss` are
 * in nats per token.
 * @returns the parameters, and how often each token began a training story
 */
export async function fit(
  config: LanguageConfig,
  view: View,
  context: FitContext,
): Promise<Weights> {
  engine({ precision: config.matmul });
  const { training } = config;
  const shape = modelConfig(config);
  const model = languageModel(shape);
  const { test } = context;
  const { learningRate, decaySteps, shares: count = 1 } = training;
  const firstTokens = new FirstTokens(shape.vocabulary, context.resume?.state);
  const weights = await train(
    {
      training: {
        ...{
          learningRate,
          microBatches: count,
          batchSize: training.batch,
          clipNorm: training.clip,
        },
        epochs: epochsAt(config, context.generation),
        schedule: { kind: "linear", decaySteps },
      },
      items: view.length,
      model: shape,
      initial: (stream) => model.initial(stream),
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
        perEpoch: training.evaluations,
        async measure(values) {
          const { evaluationStories: most } = training;
          const count = most === "all" ? test.length : Math.min(most, test.length);
          const { nats, tokens } = await storyLosses(model, values, test, count);
          return { testLoss: total(nats) / total(tokens) };
        },
      },
      state: () => firstTokens.state(),
    },
    context,
  );
  return { ...weights, ...firstTokens.state() };
}

const total = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((a, b) => a + b, 0);
