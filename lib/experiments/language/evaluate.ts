import { engine } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import { Parameters } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { EvaluationResult } from "../../loop/evaluation";
import type { Context } from "../../loop/task";
import { type GenerateOptions, generate } from "../../models/language/generate";
import { languageModel } from "../../models/language/index";
import type { LanguageModel } from "../../models/language/model";
import { pack } from "../../models/language/packed";
import type { Block } from "../../pool/block";
import { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { encodeNpy } from "./arrays";
import { type LanguageConfig, modelConfig } from "./config";
import { groups } from "./stories";

/** Tokens of one forward pass, which bounds its memory: logits are tokens × vocabulary numbers. */
const TOKENS = 4096;

/** File with the tokens of a few stories, as JSON: one list a story. */
export const SAMPLES = "samples.json";
/** Stories in it. */
const SHOWN = 4;

/** Not of a seed or generation: every model draws story i from the same random numbers. */
const FIXED = new Stream(["language", "samples"]);

/** Cross-entropy of stories under a model. */
export interface StoryLosses {
  /** Nats of each story: −log probability of its tokens. */
  readonly nats: Float64Array;
  /** Tokens of each story that the model predicted. */
  readonly tokens: Int32Array;
  /** Stories that are longer than the context, of which the rest was left out. */
  readonly cut: number;
}

/**
 * −log probability of the first `count` stories of a block, each from its start on.
 * @param report is told how many stories are done
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
  let cut = 0;
  let done = 0;
  for (const stories of groups(block, count, model.config.context, TOKENS)) {
    const batch = pack(stories, model.config);
    const losses = tidy(() => model.losses(values, batch));
    stories.forEach((story, s) => {
      const [from, to] = [batch.offsets[s], batch.offsets[s + 1]];
      for (let i = from; i < to; i++) nats[done + s] += losses[i];
      tokens[done + s] = to - from;
      if (story.length > to - from) cut++;
    });
    done += stories.length;
    await report(done);
  }
  return { nats, tokens, cut };
}

/**
 * Cross-entropy of the whole validation split.
 *
 * - `loss`: nats a token, mean over all tokens, each story's end among them (the paper's number);
 * - `storyLoss`: nats a story, mean over stories;
 * - `perplexity`: exp(loss);
 * - `cutShare`: share of stories longer than the context, measured on their beginning alone.
 *
 * Artefacts: `story-losses.npy` (nats of each story), `story-tokens.npy`, and in `samples.json` a few
 * stories that every model draws from the same random numbers, to be set side by side.
 */
export async function evaluate(
  config: LanguageConfig,
  weights: Weights,
  test: Block,
  context: Context,
): Promise<EvaluationResult> {
  const { tf } = engine({ precision: config.matmul });
  const model = languageModel(modelConfig(config));
  const parameters = new Parameters(weights);
  const values = parameters.read();
  try {
    const { nats, tokens, cut } = await storyLosses(model, values, test, test.length, (done) =>
      context.progress(done, test.length),
    );
    const stories = Array.from({ length: SHOWN }, (_, i) => FIXED.at(i));
    const samples = await generate(model, values, stories, drawing(config));
    const total = nats.reduce((a, b) => a + b, 0);
    const loss = total / tokens.reduce((a, b) => a + b, 0);
    return {
      metrics: {
        loss,
        storyLoss: total / test.length,
        perplexity: Math.exp(loss),
        cutShare: cut / test.length,
      },
      artefacts: {
        "story-losses.npy": encodeNpy("float64", nats),
        "story-tokens.npy": encodeNpy("int32", tokens),
        [SAMPLES]: Buffer.from(JSON.stringify(samples.map((story) => [...story]))),
      },
    };
  } finally {
    tf.dispose(values);
    parameters.dispose();
  }
}

/** How the config wants tokens chosen; every story starts with what the model draws. */
function drawing({ sampling: { temperature, topK, topP } }: LanguageConfig): GenerateOptions {
  return {
    temperature,
    ...(topK === undefined ? {} : { topK }),
    ...(topP === undefined ? {} : { topP }),
  };
}
