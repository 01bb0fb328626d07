import type { Provenance } from "../../figures/figure";
import type { LanguagePreset } from "./preset";

const SETS = {
  grammar: "story grammar",
  tinystories: "TinyStories excerpt",
  "tinystories-v1": "TinyStories (V1)",
  "tinystories-v2": "TinyStories (V2)",
} as const;

const grouped = (count: number | "all") =>
  typeof count === "number" ? count.toLocaleString("en-US") : count;

/** Data set, seeds and the difference from the paper. */
export function describePreset({
  task,
  variants,
}: LanguagePreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const { dataset, trainStories, validationStories, vocabulary, model, training } = task;
  const { epochs, batch, learningRate, evaluations, evaluationStories } = training;
  const seeds = Math.max(...variants.flatMap(({ chains }) => chains.map((c) => c.seeds)));
  const family = model.family === "gpt2" ? "GPT-2" : "Llama-2";
  const rest =
    "the paper does not report learning rate, schedule, heads, context and how a story starts";
  const plural = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;
  const scaled = [
    `${grouped(trainStories)} stories instead of 2.1 million`,
    `a vocabulary of ${grouped(vocabulary)} instead of 8,000`,
    `${family} ${model.width} wide with ${plural(model.layers, "layer")} instead of 256 and 8, context ${model.context}`,
    `${plural(epochs, "epoch")} in batches of ${batch} at learning rate ${learningRate}`,
    `${evaluations} points of the learning curve an epoch, on ${grouped(evaluationStories)} validation stories, instead of 25 on all`,
  ].join(", ");
  return {
    dataset: `${SETS[dataset]} (${grouped(trainStories)} / ${grouped(validationStories)})`,
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    differs: trainStories === "all" ? rest : `${scaled}; ${rest}`,
  };
}
