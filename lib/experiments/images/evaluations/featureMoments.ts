import { type ImageShape, valuesOf } from "../../../data/images/load";
import { engine } from "../../../engine/load";
import { type Moments, momentsOf } from "../../../metrics/images/index";
import { fromPixels, piecesOf } from "../pixels";
import { FEATURES, randomFeatures } from "./randomFeatures";

/** Mean and covariance of the random features of images, values 0 … 255, one after the other. */
export function featureMoments(pixels: Uint8Array, shape: ImageShape): Moments {
  const size = valuesOf(shape);
  const count = pixels.length / size;
  const features = new Float32Array(count * FEATURES);
  for (const { from, n } of piecesOf(count, shape)) {
    const piece = pixels.subarray(from * size, (from + n) * size);
    const found = engine().tf.tidy(() =>
      randomFeatures(fromPixels(piece, n, shape)).dataSync<"float32">(),
    );
    features.set(found, from * FEATURES);
  }
  return momentsOf(features, FEATURES);
}
