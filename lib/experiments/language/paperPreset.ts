import { PAPER_MODELS } from "../../models/language/config";
import { accumulate, replace, replaceMultiple } from "../regimeSpecs";
import { languageConfig } from "./config";
import type { LanguagePreset, Variant } from "./preset";

const both = [replace, accumulate];

/** The paper runs a single seed. */
const once = (regimes: { kind: string }[], iterations: number) => [
  { regimes, iterations, seeds: 1 },
];

/** Figure 13: stories sampled at a low temperature. */
export const cold: Omit<Variant, "chains"> = {
  name: "temperature-0.3",
  label: "temperature 0.3",
  role: "temperature",
  published: "temperature-0.3",
  changes: { sampling: { temperature: 0.3 } },
};

const shape = (name: keyof typeof PAPER_MODELS) => {
  const { vocabulary: _, ...model } = PAPER_MODELS[name];
  return model;
};

const model = (name: keyof typeof PAPER_MODELS, label: string, batch: number): Variant => ({
  name,
  label,
  role: "model",
  published: name,
  changes: { model: shape(name), training: { batchSize: batch } },
  chains: once(both, 5),
});

/** A fifth of the stories (Table 2), and a twentieth, which the losses of Figure 14 suggest. */
const FIFTH = 423_944;
const TWENTIETH = 105_986;

const first = (epochs: number): Variant => ({
  name: `first-${epochs}`,
  label: `${epochs} epoch${epochs === 1 ? "" : "s"} of real data`,
  role: "first-iteration",
  published: `first-${epochs}`,
  changes: {
    data: { trainItems: TWENTIETH },
    training: epochs === 1 ? {} : { firstEpochs: epochs },
  },
  chains: once(both, 3),
});

/**
 * The paper's runs. It does not report the learning rate, schedule, heads, context or how a story
 * starts; the values here agree best with its published curves.
 */
export const paper: LanguagePreset = {
  task: languageConfig.parse({
    data: {
      dataset: "tinystories-v1",
      trainItems: "all",
      testItems: "all",
      vocabulary: PAPER_MODELS["gpt2-9m"].vocabulary,
    },
    model: shape("gpt2-9m"),
    training: { epochs: 1 },
    evaluation: { textItems: 2000 },
  }),
  variants: [
    {
      ...model("gpt2-9m", "GPT-2 9M", 32),
      name: "main",
      changes: {},
      chains: [...once([replace], 10), ...once([accumulate], 5), ...once([replaceMultiple], 4)],
    },
    model("llama2-12m", "Llama-2 12M", 32),
    model("llama2-42m", "Llama-2 42M", 64),
    model("llama2-126m", "Llama-2 126M", 64),
    {
      ...cold,
      chains: [...once([replace], 10), ...once([accumulate], 5)],
    },
    {
      name: "small-data",
      label: "a fifth of the data",
      role: "small-data",
      published: "small-data",
      changes: { data: { trainItems: FIFTH } },
      chains: [...once([replace], 10), ...once([accumulate, replaceMultiple], 4)],
    },
    {
      name: "small-data-3-epochs",
      label: "a fifth of the data, 3 epochs",
      role: "small-data",
      published: "small-data-3-epochs",
      changes: { data: { trainItems: FIFTH }, training: { epochs: 3 } },
      chains: once(both, 4),
    },
    first(0.25),
    first(0.5),
    first(1),
  ],
};
