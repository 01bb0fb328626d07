import type { Evaluation } from "../../../loop/evaluation";
import { meanGradient, meanPairwiseDistance } from "../../../metrics/images/index";
import { type ImagesConfig, shapeOf } from "../config";
import { imagesFile } from "../pixels";
import { withModel } from "../withModel";
import { decodePrior } from "./decodePrior";

/**
 * What images decoded from z ~ N(0, I) look like, pixels in [0, 1]: `sampleDiversity`, the mean
 * Euclidean distance between two of them; `sampleSharpness`, the mean step between neighbouring
 * pixels; `sampleInk`, the mean value. `samples.npy` has the first of them, for Figure 6.
 */
export const priorSamples: Evaluation<ImagesConfig> = {
  version: 1,
  run: (config, { weights }) =>
    withModel(config, weights, (vae, values) => {
      const { priorSamples: count, gridImages } = config.evaluation;
      const shape = shapeOf(config);
      const pixels = decodePrior(config, vae, values, count);
      return {
        metrics: {
          sampleDiversity: meanPairwiseDistance(pixels, count),
          sampleSharpness: meanGradient(pixels, shape),
          sampleInk: pixels.reduce((a, b) => a + b, 0) / pixels.length / 255,
        },
        artefacts: {
          "samples.npy": imagesFile(decodePrior(config, vae, values, gridImages), shape),
        },
      };
    }),
};
