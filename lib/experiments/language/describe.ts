import type { Provenance } from "../../figures/figure";
import { countOf, formatCount } from "../../format";
import { FAMILY_NAMES, PAPER_MODELS } from "../../models/language/config";
import type { LanguageConfig } from "./config";
import type { LanguagePreset } from "./preset";

const SETS: Readonly<Record<LanguageConfig["data"]["dataset"], string>> = {
  grammar: "story grammar",
  tinystories: "TinyStories excerpt",
  "tinystories-v1": "TinyStories (V1)",
  "tinystories-v2": "TinyStories (V2)",
  own: "own text",
};

const amount = (count: number | "all") => (count === "all" ? count : formatCount(count));

/** Data set, seeds and how the main variant differs from the paper, for captions. */
export function describePreset({
  task,
  variants,
}: LanguagePreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const seeds = Math.max(...variants.flatMap(({ chains }) => chains.map((c) => c.seeds)));
  return {
    ...describeConfig(task),
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
  };
}

/** Data set of a config, and how the config differs from the paper. */
export function describeConfig(config: LanguageConfig): Pick<Provenance, "dataset" | "differs"> {
  const { dataset, trainItems, testItems } = config.data;
  const unreported =
    "the paper does not report the learning rate, schedule, heads, context or how a story starts";
  const differences = [
    ...dataDifferences(config),
    ...modelDifferences(config),
    ...trainingDifferences(config),
  ];
  return {
    dataset: `${SETS[dataset]} (${amount(trainItems)} / ${amount(testItems)})`,
    differs: [differences.join(", "), unreported].filter(Boolean).join("; "),
  };
}

function dataDifferences({ data }: LanguageConfig): string[] {
  const { dataset, trainItems, vocabulary } = data;
  const stories =
    trainItems === "all"
      ? `the stories of the ${SETS[dataset]}`
      : countOf(trainItems, "story", "stories");
  const whole = dataset === "tinystories-v1" && trainItems === "all";
  return [
    ...(whole ? [] : [`${stories} instead of 2.1 million`]),
    ...(vocabulary === 8000 ? [] : [`a vocabulary of ${formatCount(vocabulary)} instead of 8,000`]),
  ];
}

function modelDifferences({ model }: LanguageConfig): string[] {
  const { family, width, layers, context, precision, initial } = model;
  const published = Object.values(PAPER_MODELS).some(
    (paper) => paper.family === family && paper.width === width && paper.layers === layers,
  );
  const shape = `${FAMILY_NAMES[family]} of width ${width} with ${countOf(layers, "layer")} instead of 256 and 8, context ${context}`;
  return [
    ...(published ? [] : [shape]),
    ...(initial === undefined ? [] : [`starting from the checkpoint ${initial.slice(0, 10)}…`]),
    ...(precision === "float32" ? [] : [`mixed precision (matrix products in ${precision})`]),
  ];
}

function trainingDifferences({ training }: LanguageConfig): string[] {
  const { epochs, batchSize, learningRate, schedule } = training;
  const { evaluations, items } = training.curve;
  const decaySteps = schedule.kind === "linear" ? schedule.decaySteps : undefined;
  const length =
    decaySteps === undefined
      ? countOf(epochs, "epoch")
      : `the beginning of a run of ${formatCount(decaySteps)} steps, ${countOf(epochs, "epoch")}`;
  const plain = epochs === 1 && batchSize === 32;
  const curve = evaluations === 25 && items === "all";
  return [
    ...(plain ? [] : [`${length} in batches of ${batchSize} at learning rate ${learningRate}`]),
    ...(curve
      ? []
      : [
          `learning curves of ${countOf(evaluations, "point")} per epoch on ${amount(items)} held-out stories instead of 25 on all`,
        ]),
  ];
}
