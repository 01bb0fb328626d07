import { toBytes } from "../../../engine/bytes";
import { engine } from "../../../engine/load";
import type { Evaluation } from "../../../loop/evaluation";
import { type ImagesConfig, shapeOf } from "../config";
import { fromPixels, imagesFile, pixelsOf } from "../pixels";
import { withModel } from "../withModel";

/** `reconstructions.npy`: the first test images after the latent mean, for Figure 15. */
export const reconstructions: Evaluation<ImagesConfig> = {
  version: 1,
  run: (config, { weights, test }) =>
    withModel(config, weights, (vae, values) => {
      const shape = shapeOf(config);
      const count = Math.min(config.evaluation.gridImages, test.length);
      const pixels = engine().tf.tidy(() => {
        const { mean } = vae.encode(values, fromPixels(pixelsOf(test, 0, count), count, shape));
        return toBytes(vae.decode(values, mean));
      });
      return { metrics: {}, artefacts: { "reconstructions.npy": imagesFile(pixels, shape) } };
    }),
};

/** `originals.npy`: those test images themselves, once for all models of the same data. */
export const originals: Evaluation<ImagesConfig> = {
  version: 1,
  of: "data",
  run: async (config, { test }) => {
    const count = Math.min(config.evaluation.gridImages, test.length);
    const file = imagesFile(pixelsOf(test, 0, count), shapeOf(config));
    return { metrics: {}, artefacts: { "originals.npy": file } };
  },
};
