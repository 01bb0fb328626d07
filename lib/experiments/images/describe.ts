import type { Provenance } from "../../figures/figure";
import { countOf, formatCount } from "../../format";
import { seedsOf } from "../preset";
import { type ImagesConfig, imageSetOf, shapeOf } from "./config";
import { paper } from "./paperPreset";
import { configOf, type ImagesPreset, type Variant } from "./preset";

type Description = Pick<Provenance, "dataset" | "seeds" | "differs">;

/** Data set and seeds of the main variant and how it differs from the paper. */
export function describePreset(preset: ImagesPreset): Description {
  return describeVariant(preset, preset.variants[0]);
}

/** The same of any variant, all of it from its config. */
export function describeVariant(
  preset: Pick<ImagesPreset, "task">,
  variant: Pick<Variant, "changes" | "chains">,
): Description {
  const config = configOf(preset, variant);
  return {
    dataset: `${imageSetOf(config.data).title} (${amounts(config.data)})`,
    seeds: seedsOf({ variants: [variant] }),
    differs: differencesFrom(paper, config, iterationsOf(variant)).join(", "),
  };
}

/** "The network is the published VanillaVAE, trained for 10 epochs …": a sentence for those who cannot see. */
export function aboutNetwork(preset: Pick<ImagesPreset, "task">, variant: Variant): string {
  const config = configOf(preset, variant);
  const { data, model, training } = config;
  const published = same(model, paper.task.model);
  const network = NETWORKS[model.family](published);
  const length = `${countOf(training.epochs, "epoch")} per iteration`;
  const images =
    data.dataset === "own"
      ? countOf(data.trainItems, "own image")
      : `${countOf(data.trainItems, "image")} of ${imageSetOf(data).title}`;
  return `The network is ${network}, trained for ${length} on ${images} (${kindOf(config)}).`;
}

const NETWORKS: Record<ImagesConfig["model"]["family"], (published: boolean) => string> = {
  vae: () => "a convolutional VAE",
  "vanilla-vae": (published) =>
    published ? "the published VanillaVAE" : "a VanillaVAE of another size than the published one",
};

/** N of the longest chain. */
const iterationsOf = ({ chains }: Pick<Variant, "chains">): number =>
  Math.max(...chains.map(({ iterations }) => iterations));

const amounts = ({ trainItems, testItems }: Omit<ImagesConfig["data"], "dataset">): string =>
  `${formatCount(trainItems)} / ${formatCount(testItems)}`;

/** "28 × 28 grey". */
function kindOf(config: Pick<ImagesConfig, "data">): string {
  const { height, width, channels } = shapeOf(config);
  return `${height} × ${width} ${channels === 1 ? "grey" : "colour"}`;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a config has in place of the paper's data, network and training (§5). */
function differencesFrom(
  { task: theirs, variants: [published] }: ImagesPreset,
  task: ImagesConfig,
  iterations: number,
): string[] {
  const { data, model, training } = task;
  const network = model.family === theirs.model.family;
  const images =
    data.dataset === "own"
      ? `own ${kindOf(task)} images`
      : `${kindOf(task)} images of ${imageSetOf(data).title}`;
  const parts: [boolean, string][] = [
    [data.dataset !== theirs.data.dataset, `${images} instead of 64 × 64 faces of CelebA`],
    [
      !same(amounts(data), amounts(theirs.data)),
      `${amounts(data)} images instead of ${amounts(theirs.data)}`,
    ],
    [!network, `${NETWORKS[model.family](false)} instead of the published VanillaVAE`],
    [
      !same(model.channels, theirs.model.channels),
      `channels ${model.channels.join(", ")} instead of ${theirs.model.channels.join(", ")}`,
    ],
    [
      model.latent !== theirs.model.latent,
      `${countOf(model.latent, "latent unit")} instead of ${theirs.model.latent}`,
    ],
    [
      training.epochs !== theirs.training.epochs,
      `${countOf(training.epochs, "epoch")} per iteration instead of ${theirs.training.epochs}`,
    ],
    [network, trainingDifferences(training, theirs.training).join(", ")],
    [
      iterations !== iterationsOf(published),
      `${countOf(iterations, "iteration")} instead of ${iterationsOf(published)}`,
    ],
  ];
  return parts.filter(([differs, text]) => differs && text !== "").map(([, text]) => text);
}

type Training = ImagesConfig["training"];

/** Where the published network is trained in another way than by its code base. */
function trainingDifferences(ours: Training, theirs: Training): string[] {
  const parts: [boolean, string][] = [
    [
      ours.batchSize !== theirs.batchSize,
      `batches of ${ours.batchSize} instead of ${theirs.batchSize}`,
    ],
    [
      ours.learningRate !== theirs.learningRate,
      `learning rate ${ours.learningRate} instead of ${theirs.learningRate}`,
    ],
    [
      !same(ours.schedule, theirs.schedule),
      `a learning rate that follows the schedule "${ours.schedule.kind}"`,
    ],
    [!ours.horizontalFlips && theirs.horizontalFlips === true, "no mirrored images"],
    [ours.klWeight !== theirs.klWeight, `KL weight ${ours.klWeight} in training`],
  ];
  return parts.filter(([differs]) => differs).map(([, text]) => text);
}
