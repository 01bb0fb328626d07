import { loadImages } from "../../data/images/load";
import { withReadableErrors } from "../../loop/config";
import type { Task } from "../../loop/task";
import type { Batch, Schema } from "../../pool/schema";
import { type ImagesConfig, imagesConfig, SIDE } from "./config";
import { priorSamples } from "./evaluations/priorSamples";
import { originals, reconstructions } from "./evaluations/reconstructions";
import { testLoss } from "./evaluations/testLoss";
import { fit } from "./fit";
import { sample } from "./sample";

const schema: Schema = { pixels: { dtype: "uint8", shape: [SIDE, SIDE, 1] } };
const CHUNK = 1000;

/** Grey images and a convolutional variational autoencoder (paper §5, on MNIST instead of faces). */
export const imagesTask: Task<ImagesConfig> = {
  name: "images",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(imagesConfig, 'The config of task "images"'),
  module: __filename,
  schema: () => schema,
  async loadReal({ data: { dataset, trainItems, testItems } }, { streams }) {
    const { train, test, checksums, description } = await loadImages(
      dataset,
      { trainItems, testItems },
      streams,
    );
    return { train: chunks(train), test: chunks(test), checksums, description };
  },
  fit,
  sample,
  evaluations: {
    "test-loss": testLoss,
    "prior-samples": priorSamples,
    reconstructions,
    originals,
  },
};

function* chunks(images: Uint8Array): Generator<Batch> {
  const pixels = SIDE * SIDE;
  const count = images.length / pixels;
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(from + CHUNK, count);
    const data = images.subarray(from * pixels, to * pixels);
    yield { length: to - from, columns: { pixels: { data } } };
  }
}
