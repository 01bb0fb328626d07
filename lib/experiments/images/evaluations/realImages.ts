import { Matrix } from "ml-matrix";
import { valuesOf } from "../../../data/images/load";
import type { Evaluation } from "../../../loop/evaluation";
import {
  effectiveRank,
  frechetDistance,
  type Moments,
  meanGradient,
  meanPairwiseDistance,
  pixelEntropy,
} from "../../../metrics/images/index";
import { type ImagesConfig, shapeOf } from "../config";
import { pixelsOf } from "../pixels";
import { featureMoments } from "./featureMoments";

const MOMENTS = "feature-moments.json";

/**
 * What real images score where prior samples are measured (see `priorSamples`, `sampleDistribution`):
 *
 * - `realFrechet`: the distance of as many training images from the test set, which a perfect model would
 *   reach too, since so few images differ from the test set by chance alone;
 * - `realDiversity`, `realSharpness`, `realEffectiveRank`: of as many test images;
 * - `pixelEntropy`: nats per test image that no model with Bernoulli pixels can get below.
 */
export const realImages: Evaluation<ImagesConfig> = {
  version: 1,
  of: "data",
  run: async (config, { test, real }) => {
    const shape = shapeOf(config);
    const few = pixelsOf(test, 0, Math.min(config.evaluation.priorSamples, test.length));
    const count = few.length / valuesOf(shape);
    const train = pixelsOf(real.train, 0, Math.min(count, real.train.length));
    const all = pixelsOf(test, 0, test.length);
    const moments = featureMoments(all, shape);
    return {
      metrics: {
        realFrechet: frechetDistance(featureMoments(train, shape), moments),
        realDiversity: meanPairwiseDistance(few, count),
        realSharpness: meanGradient(few, shape),
        realEffectiveRank: effectiveRank(few, count),
        pixelEntropy: pixelEntropy(all, valuesOf(shape)),
      },
      artefacts: { [MOMENTS]: Buffer.from(JSON.stringify(moments)) },
    };
  },
};

/** Moments of the test set's features, from the artefacts of {@link realImages}. */
export function testMoments(artefact: (evaluation: string, file: string) => Uint8Array): Moments {
  const { mean, covariance } = JSON.parse(Buffer.from(artefact("real-images", MOMENTS)).toString());
  return { mean, covariance: new Matrix(covariance) };
}
