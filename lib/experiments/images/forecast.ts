import { IMAGE_SET, valuesOf } from "../../data/images/load";
import { whereabouts } from "../../data/whereabouts";
import type { RunStore } from "../../store/runStore";
import { stepsOf } from "../../training/steps";
import { type Costs, FLOAT, type Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { forecastChains } from "../forecast/forecastChains";
import { chainsOf } from "../preset";
import { type ImagesConfig, shapeOf } from "./config";
import { imageModel } from "./model";
import type { ImagesPreset } from "./preset";
import { imagesTask } from "./task";

const REFERENCES: Readonly<Record<ImagesConfig["model"]["family"], Reference>> = {
  /** 6,700 images/s in training per process of one thread. */
  vae: {
    operationsPerSecond: 8e10,
    secondsPerStep: 2e-3,
    basis: "bench/README.md, 80 GFLOP/s per process",
  },
  /** 64 images of 32 × 32 pixels in colour in 0.22 s of one thread. */
  "vanilla-vae": {
    operationsPerSecond: 2.2e10,
    secondsPerStep: 8e-3,
    basis: "a step of VanillaVAE on CIFAR-10, 22 GFLOP/s per process",
  },
};

/** Measured on fits of 77 to 988 images of 32 × 32 pixels in colour with the small VAE. */
const FIXED = { fit: 1.3, sample: 0.1, evaluation: 2.5 } as const;

export function forecastImages(preset: ImagesPreset, store: RunStore): Forecast {
  const chains = chainsOf(imagesTask, preset).map(({ chain }) => chain);
  const sets = new Set(chains.map(({ config }) => (config as ImagesConfig).data.dataset));
  return forecastChains(
    {
      task: imagesTask.name,
      chains,
      costsOf: (config) => imagesCosts(config as ImagesConfig),
      referenceOf: (config) => REFERENCES[(config as ImagesConfig).model.family],
      data: [...sets].flatMap(dataOf),
    },
    store,
  );
}

/** Where the files of a data set come from, in words. */
function dataOf(set: ImagesConfig["data"]["dataset"]): string[] {
  if (set === "own") return ["own images: read here"];
  const { title, sources } = IMAGE_SET[set];
  return sources.length > 0
    ? sources.map((source) => whereabouts(source))
    : [`${title}: drawn here`];
}

/** An item is an image. Sections that a stage does not depend on may be missing. */
export function imagesCosts({ data, model, training, evaluation }: ImagesConfig): Costs {
  const { vae, operations } = imageModel({ model, data });
  const { encoder, decoder } = operations;
  const samples = evaluation?.priorSamples ?? 0;
  return {
    trainItems: data.trainItems,
    ...{ items: "images", unit: "images", unitsPerItem: 1 },
    batchSize: training.batchSize,
    steps: (items) =>
      stepsOf({ ...training, batchSize: Math.min(training.batchSize, items) }, items),
    fitOperations: 3 * (encoder + decoder),
    sampleOperations: decoder,
    evaluationOperations: data.testItems * (2 * encoder + 2 * decoder) + samples * decoder,
    fixedSeconds: FIXED,
    modelBytes: FLOAT * vae.parameterCount,
    itemBytes: valuesOf(shapeOf({ data })),
  };
}
