import { z } from "zod";

/** Names of the families, for captions. */
export const FAMILY_NAMES = { gpt2: "GPT-2", llama2: "Llama-2" } as const;

export type Family = keyof typeof FAMILY_NAMES;

/** Shape of a decoder-only transformer, GPT-2 (Radford et al. 2019) or Llama-2 (Touvron et al. 2023). */
export const languageModelConfig = z.strictObject({
  family: z.enum(Object.keys(FAMILY_NAMES) as Family[]),
  /** V, number of token ids. */
  vocabulary: z.int().positive().max(65_536),
  /** d, width of the residual stream. */
  width: z.int().positive(),
  layers: z.int().positive(),
  /** Attention heads; they divide the width, and for Llama-2 leave an even size per head. */
  heads: z.int().positive(),
  /** Width of the MLP's hidden layer. */
  hidden: z.int().positive(),
  /** Longest sequence, in tokens including the first (BOS); GPT-2 has a learned vector for each. */
  context: z.int().positive(),
});

export type LanguageModelConfig = z.infer<typeof languageModelConfig>;

const SMALLEST = {
  vocabulary: 8000,
  width: 256,
  layers: 8,
  heads: 8,
  hidden: 1024,
  context: 2048,
} as const;

/** Shapes with the paper's parameter counts (vocabulary 8,000); it does not report the heads. */
export const PAPER_MODELS = {
  "gpt2-9m": { family: "gpt2", ...SMALLEST },
  "llama2-12m": { family: "llama2", ...SMALLEST },
  "llama2-42m": {
    family: "llama2",
    vocabulary: 8000,
    width: 512,
    layers: 8,
    heads: 8,
    hidden: 2048,
    context: 2048,
  },
  "llama2-126m": {
    family: "llama2",
    vocabulary: 8000,
    width: 768,
    layers: 12,
    heads: 12,
    hidden: 3072,
    context: 2048,
  },
} as const satisfies Record<string, LanguageModelConfig>;
