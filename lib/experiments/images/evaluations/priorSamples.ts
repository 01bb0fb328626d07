import { toBytes } from "../../../engine/bytes";
import { engine } from "../../../engine/load";
import type { Values } from "../../../engine/parameters";
import { normal } from "../../../engine/random";
import type { Evaluation } from "../../../loop/evaluation";
import { meanGradient, meanPairwiseDistance } from "../../../metrics/images/index";
import type { Vae } from "../../../models/vae/vae";
import { Stream } from "../../../random/stream";
import { type ImagesConfig, SIDE } from "../config";
import { imagesFile } from "../pixels";
import { withModel } from "../withModel";

/** Of no seed or generation: every model decodes the same z. */
const PRIOR = new Stream(["images", "evaluation", "prior"]);

/**
 * What images decoded from z ~ N(0, I) look like, pixels in [0, 1]: `sampleDiversity`, the mean
 * Euclidean distance between two of them; `sampleSharpness`, the mean step between neighbouring
 * pixels; `sampleInk`, the mean value. `samples.npy` has the first of them, for Figure 6.
 */
export const priorSamples: Evaluation<ImagesConfig> = {
  version: 1,
  run: (config, { weights }) =>
    withModel(config, weights, (model, values) => {
      const { priorSamples: count, gridImages } = config.evaluation;
      const pixels = decodePrior(model, values, count);
      return {
        metrics: {
          sampleDiversity: meanPairwiseDistance(pixels, count),
          sampleSharpness: meanGradient(pixels, { height: SIDE, width: SIDE, channels: 1 }),
          sampleInk: pixels.reduce((a, b) => a + b, 0) / pixels.length / 255,
        },
        artefacts: { "samples.npy": imagesFile(decodePrior(model, values, gridImages)) },
      };
    }),
};

/** Decoder means of the first `count` points of the latent space. */
function decodePrior(model: Vae, values: Values, count: number): Uint8Array {
  return engine().tf.tidy(() =>
    toBytes(model.decode(values, normal([count, model.config.latent], PRIOR.at(count)))),
  );
}
