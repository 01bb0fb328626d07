import { IMAGE_SET } from "../../data/images/load";
import type { Provenance } from "../../figures/figure";
import { countOf, formatCount } from "../../format";
import { seedsOf } from "../preset";
import type { ImagesPreset } from "./preset";

/** What the paper has (§5): CelebA, a 128-dimensional latent, 100 epochs, 10 iterations. */
const PAPER = { latent: 128, epochs: 100, iterations: 10 };

/** Data set, seeds and the difference from the paper, all of it from the preset. */
export function describePreset({
  task,
  variants,
}: ImagesPreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const { dataset, trainItems, testItems } = task.data;
  const iterations = Math.max(...variants[0].chains.map((chains) => chains.iterations));
  const { epochs } = task.training;
  const { title, shape } = IMAGE_SET[dataset];
  const { height, width, channels } = shape;
  const differences = [
    dataset !== "celeba" &&
      `${height} × ${width} ${channels === 1 ? "grey" : "colour"} images of ${title} instead of 64 × 64 faces of CelebA`,
    task.model.latent !== PAPER.latent &&
      `${countOf(task.model.latent, "latent unit")} instead of ${PAPER.latent}`,
    epochs !== PAPER.epochs &&
      `${countOf(epochs, "epoch")} per iteration instead of ${PAPER.epochs}`,
    iterations !== PAPER.iterations &&
      `${countOf(iterations, "iteration")} instead of ${PAPER.iterations}`,
  ];
  return {
    dataset: `${title} (${formatCount(trainItems)} / ${formatCount(testItems)})`,
    seeds: seedsOf({ variants }),
    differs: differences.filter(Boolean).join(", "),
  };
}
