import type { Evaluation } from "../../../loop/evaluation";
import { effectiveRank, frechetDistance } from "../../../metrics/images/index";
import { type ImagesConfig, shapeOf } from "../config";
import { withModel } from "../withModel";
import { decodePrior } from "./decodePrior";
import { featureMoments } from "./featureMoments";
import { testMoments } from "./realImages";

/**
 * How near images decoded from z ~ N(0, I) come to real ones as a whole: `sampleFrechet`, the squared
 * Fréchet distance between random features of both (not comparable with a published FID, whose features
 * are Inception's); `sampleEffectiveRank`, how many directions of variation they have.
 */
export const sampleDistribution: Evaluation<ImagesConfig> = {
  version: 1,
  needs: ["real-images"],
  run: (config, { weights, artefact }) =>
    withModel(config, weights, (vae, values) => {
      const count = config.evaluation.priorSamples;
      const pixels = decodePrior(config, vae, values, count);
      const moments = featureMoments(pixels, shapeOf(config));
      return {
        metrics: {
          sampleFrechet: frechetDistance(moments, testMoments(artefact)),
          sampleEffectiveRank: effectiveRank(pixels, count),
        },
      };
    }),
};
