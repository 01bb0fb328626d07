import { Matrix } from "ml-matrix";
import { engine } from "../../../engine/load";
import type { Evaluation } from "../../../loop/evaluation";
import { divergenceFromStandardNormal, momentsOf } from "../../../metrics/images/index";
import { type ImagesConfig, shapeOf } from "../config";
import { fromPixels, piecesOf, pixelsOf } from "../pixels";
import { withModel } from "../withModel";

/**
 * How far the codes of real images, all posteriors together, are from the prior that samples are drawn
 * from: `priorGap`, the divergence in nats of a normal with the aggregated posterior's mean and covariance
 * from N(0, I). Details of real images that prior samples never show lie in this gap (paper §5).
 */
export const aggregatedPosterior: Evaluation<ImagesConfig> = {
  version: 1,
  sections: [],
  run: (config, { weights, test }) =>
    withModel(config, weights, (vae, values) => {
      const { latent } = config.model;
      const means = new Float32Array(test.length * latent);
      const variance = new Float64Array(latent);
      const shape = shapeOf(config);
      for (const { from, n } of piecesOf(test.length, shape)) {
        engine().tf.tidy(() => {
          const images = fromPixels(pixelsOf(test, from, n), n, shape);
          const { mean, logVariance } = vae.encode(values, images);
          means.set(mean.dataSync<"float32">(), from * latent);
          // In float64, where a variance that no float32 can hold does not overflow.
          logVariance.dataSync().forEach((value, i) => {
            variance[i % latent] += Math.exp(value) / test.length;
          });
        });
      }
      const { mean, covariance } = momentsOf(means, latent);
      const total = Matrix.add(covariance, Matrix.diag([...variance]));
      return { metrics: { priorGap: divergenceFromStandardNormal({ mean, covariance: total }) } };
    }),
};
