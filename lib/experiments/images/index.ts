import type { Experiment } from "../experiment";
import { imagesClaims } from "./claims";
import { describePreset } from "./describe";
import { imagesFigures } from "./figures/index";
import { forecastImages } from "./forecast";
import { ImagesPreset } from "./preset";
import { PRESETS_OF_IMAGES } from "./presets";
import { runImages } from "./run";

/** Image VAEs (paper §5, Figures 5, 6 and 15). */
export const images: Experiment<ImagesPreset> = {
  name: "images",
  title: "Image VAE",
  notebooks: ["03-image-vae"],
  schema: ImagesPreset,
  presets: PRESETS_OF_IMAGES,
  forecast: forecastImages,
  run: runImages,
  figures: imagesFigures,
  claims: imagesClaims,
  describe: describePreset,
};

export * from "./figures/index";
export { imagesTask } from "./task";
