import { convolve } from "../../../engine/convolution";
import { leakyRelu, scale } from "../../../engine/elementwise";
import { engine, type Tensor } from "../../../engine/load";
import { normal } from "../../../engine/random";
import { Stream } from "../../../random/stream";

/** Of no seed: every image of every run is seen by the same filters. */
const FILTERS = new Stream(["images", "evaluation", "features"]);
const CHANNELS = [16, 32, 64];
const KERNEL = 4;

/** Features of an image. */
export const FEATURES = CHANNELS.at(-1)!;

/**
 * Images [n, height, width, channels] in [0, 1] seen by a fixed network that nobody trained: three
 * convolutions with normal filters (He et al. 2015), leaky ReLU, then the mean over all positions,
 * [n, 64]. For images unlike ImageNet's, distances between features of random networks follow the eye
 * better than those of Inception, whose weights nobody has to fetch here either (Naeem et al. 2020).
 */
export function randomFeatures(images: Tensor): Tensor {
  return engine().tf.tidy(() => {
    const maps = CHANNELS.reduce((x, to, layer) => {
      const shape = [KERNEL, KERNEL, x.shape[3]!, to];
      const deviation = Math.sqrt(2 / (KERNEL ** 2 * shape[2]));
      const filter = scale(normal(shape, FILTERS.at(layer, ...shape)), deviation);
      return leakyRelu(convolve(x, filter, 2));
    }, images);
    return maps.mean([1, 2]);
  });
}
