import type { Experiment } from "../experiment";
import { seedsOf } from "../preset";
import { imagesClaims } from "./claims";
import { imagesFigures } from "./figures/index";
import { ImagesPreset, PRESETS_OF_IMAGES } from "./presets";
import { runImages } from "./run";

/** Image VAEs (paper §5, Figures 5, 6 and 15), on grey digits instead of CelebA's faces. */
export const images: Experiment<ImagesPreset> = {
  name: "images",
  title: "Image VAE",
  notebook: "03-image-vae",
  schema: ImagesPreset,
  presets: PRESETS_OF_IMAGES,
  missing: { paper: "the paper's network for 64 × 64 faces is not written yet" },
  run: runImages,
  figures: imagesFigures,
  claims: imagesClaims,

  describe({ task, variants }) {
    const iterations = Math.max(...variants[0].chains.map((chains) => chains.iterations));
    const set = task.dataset === "mnist" ? "MNIST" : "stroke-drawn digits";
    const count = (n: number) => n.toLocaleString("en-US");
    return {
      dataset: `${set} (${count(task.trainItems)} / ${count(task.testItems)})`,
      seeds: seedsOf({ variants }),
      differs: `28 × 28 grey digits instead of 64 × 64 faces, ${task.latent} latent units instead of 128, ${task.epochs} epoch${task.epochs === 1 ? "" : "s"} a round instead of 100, ${iterations} iterations instead of 10`,
    };
  },
};

export * from "./figures/index";
export { imagesTask } from "./task";
