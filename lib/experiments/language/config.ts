import { z } from "zod";
import { STORY_FORMATS } from "../../data/text/format";
import { STORY_SETS } from "../../data/text/index";
import { type LanguageModelConfig, languageModelConfig } from "../../models/language/config";
import { scheduleConfig } from "../../training/schedule";

const items = z.union([z.int().positive(), z.literal("all")]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: "must be a SHA-256 in hexadecimal" });

/** A text of the user's own, by its content: where it lies is not part of it. */
const ownText = z.strictObject({
  /** Of the decompressed bytes; of several files, of their checksums. */
  sha256,
  format: z.enum(STORY_FORMATS),
  /** Of JSON lines, the field with the story. */
  field: z.string().optional(),
  /** Mean length of a story, for estimates. */
  characters: z.int().positive(),
});

const data = z.strictObject({
  dataset: z.enum([...STORY_SETS, "own"]),
  /** With the data set "own", which text. */
  own: ownText.optional(),
  /** T, number of real training stories. */
  trainItems: items,
  /** Number of held-out real stories. */
  testItems: items,
  /** Number of tokens of the tokenizer: `<|endoftext|>`, 256 bytes, and merges. */
  vocabulary: z.int().min(257).max(65_536),
  /**
   * Training stories that are also held out (compared by letters and digits): stop with an error, or
   * leave them out of training. Default: "refuse".
   */
  overlap: z.enum(["refuse", "leave out"]).optional(),
  /**
   * The tokenizer of an imported checkpoint, by its SHA-256 (`importCheckpoint`). Default: one is trained
   * on the training stories.
   */
  tokenizer: sha256.optional(),
});

const model = languageModelConfig.omit({ vocabulary: true }).extend({
  /**
   * Of the factors of matrix products ("bfloat16": mixed precision); parameters, their gradients, norms,
   * softmax sums and losses are always float32.
   */
  precision: z.enum(["float32", "bfloat16"]).default("float32"),
  /**
   * What every fit starts from: an imported checkpoint, by its SHA-256 (`importCheckpoint`); it needs
   * `data.tokenizer`. Default: fresh random parameters.
   */
  initial: sha256.optional(),
});

/**
 * Defaults are those of Hugging Face's Trainer where the paper gives none; the published curves agree
 * with them: AdamW, 5e-5, falling linearly to 0, no warm-up.
 */
const training = z.strictObject({
  /** Passes over the training set, whatever its size; 0.25 stops after a quarter of one. */
  epochs: z.number().positive(),
  /** The same for iteration 1, on real data (Figure 14). Default: `epochs`. */
  firstEpochs: z.number().positive().optional(),
  /** Stories per step. */
  batchSize: z.int().positive().default(32),
  /** Pieces into which a batch is divided, so that this many threads can share it. Default: 1. */
  microBatches: z.int().positive().optional(),
  /** Of AdamW at the first step. */
  learningRate: z.number().positive().default(5e-5),
  schedule: scheduleConfig.prefault({ kind: "linear" }),
  weightDecay: z.number().nonnegative().default(0),
  /** Maximum global norm of the gradient; larger gradients are scaled down to it. */
  clipNorm: z.number().positive().default(1),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  /** Learning curve (Figures 3 and 9 to 14): test loss during training. */
  curve: z
    .strictObject({
      /** Evenly spaced points per epoch; 0 for none. */
      evaluations: z.int().nonnegative().default(25),
      /** Number of held-out stories per point, from the first. */
      items: items.default("all"),
    })
    .prefault({}),
});

const TEMPERATURE = "a temperature must be a number from 0 (always the likeliest token) to 2";

const sampling = z.strictObject({
  /** Divides the logits; 0 always takes the likeliest token. */
  temperature: z
    .number({ error: TEMPERATURE })
    .min(0, { error: TEMPERATURE })
    .max(2, { error: TEMPERATURE })
    .default(1),
  /** Sample from the k likeliest tokens only. */
  topK: z.int().positive().optional(),
  /** Sample from the smallest set of likeliest tokens with this total probability. */
  topP: z.number().gt(0).max(1).optional(),
  /**
   * How a story begins. "bos": the model draws the first token as well; "first-token": the first
   * token is drawn from the distribution of first tokens in the model's training stories.
   */
  start: z.enum(["bos", "first-token"]).default("bos"),
});

const evaluation = z.strictObject({
  /** Number of sampled stories that the text metrics look at, from the first. */
  textItems: z.int().min(2).default(500),
});

/** One language model: its stories, shape, training, sampling and evaluation. */
export const languageConfig = z
  .strictObject({
    data,
    model,
    training,
    sampling: sampling.prefault({}),
    evaluation: evaluation.prefault({}),
  })
  .refine(({ data }) => (data.dataset === "own") === (data.own !== undefined), {
    error: 'own describes the text of the data set "own", and of no other',
    path: ["data", "own"],
  })
  .refine(({ data, model }) => model.initial === undefined || data.tokenizer !== undefined, {
    error: "a model that starts from a checkpoint needs its tokenizer, data.tokenizer",
    path: ["model", "initial"],
  })
  .refine(({ model }) => model.width % model.heads === 0, {
    error: "the width must be a multiple of the heads",
    path: ["model", "heads"],
  })
  .refine(({ model }) => model.family === "gpt2" || (model.width / model.heads) % 2 === 0, {
    error: "Llama-2 rotates pairs of numbers, so the width of a head must be even",
    path: ["model", "heads"],
  });

export type LanguageConfig = z.infer<typeof languageConfig>;

/** Shape of the model that a config describes. */
export function modelConfig({ data, model }: LanguageConfig): LanguageModelConfig {
  const { precision: _, initial: __, ...shape } = model;
  return { ...shape, vocabulary: data.vocabulary };
}

/** Passes over the training set at iteration n, 1 = real data. */
export function epochsAt({ training }: LanguageConfig, n: number): number {
  return n === 1 ? (training.firstEpochs ?? training.epochs) : training.epochs;
}
