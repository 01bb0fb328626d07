import { z } from "zod";
import { STORY_SETS } from "../../data/text/index";
import { type LanguageModelConfig, languageModelConfig } from "../../models/language/config";

const stories = z.union([z.int().positive(), z.literal("all")]);

/**
 * How a model is trained. Where the paper says nothing, the defaults are those of Hugging Face's
 * Trainer, which the published curves agree with: AdamW, 5e-5, falling linearly to 0, no warm-up.
 */
const training = z.strictObject({
  /** Passes over the training set, whatever its size; 0.25 stops after a quarter of one. */
  epochs: z.number().positive(),
  /** The same of iteration 1 alone, on real data (Figure 14). */
  firstEpochs: z.number().positive().optional(),
  /** Stories of one step. */
  batch: z.int().positive().default(32),
  /** Parts into which a batch is divided, so that as many threads can share it. Default: 1. */
  shares: z.int().positive().optional(),
  /** Of AdamW at the first step; falls linearly to 0. */
  learningRate: z.number().positive().default(5e-5),
  /** Steps after which it would be 0, to see the beginning of a longer run. Default: the last one. */
  decaySteps: z.int().positive().optional(),
  weightDecay: z.number().nonnegative().default(0),
  /** Largest global norm of the gradient; a longer one is scaled down to it. */
  clip: z.number().positive().default(1),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  /** Points of the learning curve in one epoch, evenly spaced; 0 for none. */
  evaluations: z.int().nonnegative().default(25),
  /** Validation stories of each such point, from the first on. */
  evaluationStories: stories.default("all"),
});

const TEMPERATURE = "a temperature must be a number from 0 (always the likeliest token) to 2";

const sampling = z.strictObject({
  /** Logits are divided by it; 0 takes the likeliest token. */
  temperature: z
    .number({ error: TEMPERATURE })
    .min(0, { error: TEMPERATURE })
    .max(2, { error: TEMPERATURE })
    .default(1),
  /** Draw from the k likeliest tokens alone. */
  topK: z.int().positive().optional(),
  /** Draw from the smallest set of likeliest tokens that has this probability. */
  topP: z.number().gt(0).max(1).optional(),
  /**
   * What a story begins with: "bos": the model draws its first token too; "first-token": that one
   * is drawn like the first tokens of the stories that the model was trained on.
   */
  start: z.enum(["bos", "first-token"]).default("bos"),
});

/** One language model, its stories, how it is trained and sampled; part of a generation's address. */
export const languageConfig = z
  .strictObject({
    dataset: z.enum(STORY_SETS),
    /** T, real training stories of one round. */
    trainStories: stories,
    validationStories: stories,
    /**
     * What to do with a training story that is also a validation story (letters and digits
     * compared). Default: refuse the data with their number.
     */
    overlap: z.enum(["refuse", "leave out"]).optional(),
    /** Tokens that the tokenizer is trained to: `<|endoftext|>`, 256 bytes, and merges. */
    vocabulary: z.int().min(257).max(65_536),
    model: languageModelConfig.omit({ vocabulary: true }),
    training,
    sampling: sampling.prefault({}),
    /** What factors of matrix products are rounded to; sums and parameters are always float32. */
    matmul: z.enum(["float32", "bfloat16"]).default("float32"),
  })
  .refine(({ model }) => model.width % model.heads === 0, {
    error: "the heads must divide the width",
    path: ["model", "heads"],
  })
  .refine(({ model }) => model.family === "gpt2" || (model.width / model.heads) % 2 === 0, {
    error: "Llama-2 turns pairs of numbers, so the width of a head must be even",
    path: ["model", "heads"],
  });

export type LanguageConfig = z.infer<typeof languageConfig>;
export type TrainingConfig = LanguageConfig["training"];
export type SamplingConfig = LanguageConfig["sampling"];

/** Shape of the model that a config asks for. */
export function modelConfig({ model, vocabulary }: LanguageConfig): LanguageModelConfig {
  return { ...model, vocabulary };
}

/** Passes over the training set at iteration n, 1 = real data. */
export function epochsAt({ training }: LanguageConfig, n: number): number {
  return n === 1 ? (training.firstEpochs ?? training.epochs) : training.epochs;
}
