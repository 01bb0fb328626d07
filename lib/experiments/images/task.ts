import { type ImageStream, streamImages, valuesOf } from "../../data/images/load";
import { withReadableErrors } from "../../loop/config";
import { sourceOptions } from "../../loop/dataProgress";
import type { Task } from "../../loop/task";
import type { Batch, Schema } from "../../pool/schema";
import { ownDataNeeded } from "../ownDataNeeded";
import { type ImagesConfig, imagesConfig, shapeOf } from "./config";
import { aggregatedPosterior } from "./evaluations/aggregatedPosterior";
import { priorSamples } from "./evaluations/priorSamples";
import { realImages } from "./evaluations/realImages";
import { originals, reconstructions } from "./evaluations/reconstructions";
import { sampleDistribution } from "./evaluations/sampleDistribution";
import { testLoss } from "./evaluations/testLoss";
import { fit } from "./fit";
import { sample } from "./sample";

const CHUNK = 1000;

/** Images and a convolutional variational autoencoder (paper §5, on other images than faces). */
export const imagesTask: Task<ImagesConfig> = {
  name: "images",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(imagesConfig, 'The config of task "images"'),
  module: __filename,
  schema(config): Schema {
    const { height, width, channels } = shapeOf(config);
    return { pixels: { dtype: "uint8", shape: [height, width, channels] } };
  },
  async loadReal(config, context) {
    const { dataset, own: _, ...counts } = config.data;
    if (dataset === "own") throw ownDataNeeded();
    const { train, test, checksums, description } = await streamImages(
      dataset,
      counts,
      context.streams,
      sourceOptions(context),
    );
    const size = valuesOf(shapeOf(config));
    return {
      ...{ train: imageBatches(train, size), test: imageBatches(test, size) },
      ...{ checksums, description },
      items: counts.trainItems + counts.testItems,
    };
  },
  fit,
  sample,
  evaluations: {
    "test-loss": testLoss,
    "prior-samples": priorSamples,
    "sample-distribution": sampleDistribution,
    "aggregated-posterior": aggregatedPosterior,
    reconstructions,
    originals,
    "real-images": realImages,
  },
};

/** Pieces of whole images as items. @param size values of an image */
export async function* imageBatches(
  pieces: ImageStream["train"],
  size: number,
): AsyncGenerator<Batch, void, undefined> {
  for await (const images of pieces)
    for (let from = 0; from < images.length; from += CHUNK * size) {
      const data = images.subarray(from, from + CHUNK * size);
      yield { length: data.length / size, columns: { pixels: { data } } };
    }
}
