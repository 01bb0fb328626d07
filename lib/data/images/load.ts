import { suggestion, UserError } from "../../errors";
import { formatCount } from "../../format";
import type { Streams } from "../../random/streams";
import type { Source, SourceOptions } from "../source";
import { CIFAR10, CIFAR10_SIZE, cifar10Images } from "./cifar10";
import { MNIST, MNIST_SIZE, mnistImages } from "./mnist";
import { STROKES_SIZE, strokeDigits } from "./strokes";

/** Names of the image data sets: MNIST, CIFAR-10, and stroke-drawn digits, which need no file. */
export const IMAGE_SETS = ["mnist", "strokes", "cifar-10"] as const;
export type ImageSetName = (typeof IMAGE_SETS)[number];

/** Shape of an image. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
}

interface ImageSet {
  /** How captions name it. */
  readonly title: string;
  readonly shape: ImageShape;
  /** The files that it is read from. */
  readonly sources: readonly Source[];
}

/** What is known of each image data set before it is read. */
export const IMAGE_SET: Readonly<Record<ImageSetName, ImageSet>> = {
  mnist: {
    title: "MNIST",
    shape: { height: MNIST_SIZE, width: MNIST_SIZE, channels: 1 },
    sources: [MNIST.train.images, MNIST.test.images],
  },
  strokes: {
    title: "stroke-drawn digits",
    shape: { height: STROKES_SIZE, width: STROKES_SIZE, channels: 1 },
    sources: [],
  },
  "cifar-10": {
    title: "CIFAR-10",
    shape: { height: CIFAR10_SIZE, width: CIFAR10_SIZE, channels: 3 },
    sources: [CIFAR10.train, CIFAR10.test],
  },
};

export interface ImageCounts {
  readonly trainItems: number;
  readonly testItems: number;
}

/** Training and held-out images of one data set; no image is in both. */
export interface Images extends ImageShape {
  /** items × height × width × channels grey or colour values 0 … 255, row by row. */
  readonly train: Uint8Array;
  readonly test: Uint8Array;
  /** SHA-256 of each source file's decompressed bytes; empty for generated images. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "MNIST (60,000 / 10,000)". */
  readonly description: string;
}

/**
 * Loads an image data set: the first items of the official files, or that many drawn digits (from the
 * streams "strokes-train" and "strokes-test").
 * @throws UserError for an unknown name, more items than there are, or data that cannot be obtained
 * @example
 * const { train, height, width } = await loadImages(
 *   "strokes", { trainItems: 1000, testItems: 100 }, Streams.ofSeed(0));
 */
export async function loadImages(
  name: ImageSetName,
  counts: ImageCounts,
  streams: Streams,
  options: SourceOptions = {},
): Promise<Images> {
  for (const [key, count] of Object.entries(counts))
    if (!(Number.isInteger(count) && count >= 1))
      throw new UserError(`${key} must be a whole number of at least 1, not ${count}.`);
  if (!Object.hasOwn(IMAGE_SET, name))
    throw new UserError(
      `There is no image data set "${name}".${suggestion(String(name), IMAGE_SETS)}`,
    );
  const { title, shape, sources } = IMAGE_SET[name];
  const { trainItems, testItems } = counts;
  const { train, test } = await SPLITS[name](counts, streams, options);
  const size = shape.height * shape.width * shape.channels;
  return {
    ...shape,
    train: first(train, trainItems, size, title, "training"),
    test: first(test, testItems, size, title, "test"),
    checksums: Object.fromEntries(sources.map(({ file, sha256 }) => [file, sha256])),
    description: `${title} (${formatCount(trainItems)} / ${formatCount(testItems)})`,
  };
}

type Splits = Pick<Images, "train" | "test">;

/** All images of each split, or as many as are drawn. */
const SPLITS: Readonly<
  Record<
    ImageSetName,
    (counts: ImageCounts, streams: Streams, options: SourceOptions) => Splits | Promise<Splits>
  >
> = {
  mnist: async (_counts, _streams, options) => ({
    train: await mnistImages("train", options),
    test: await mnistImages("test", options),
  }),
  strokes: ({ trainItems, testItems }, streams) => ({
    train: strokeDigits(trainItems, streams.get("strokes-train")).images,
    test: strokeDigits(testItems, streams.get("strokes-test")).images,
  }),
  "cifar-10": async (_counts, _streams, options) => ({
    train: await cifar10Images("train", options),
    test: await cifar10Images("test", options),
  }),
};

/** @param size bytes of an image */
function first(images: Uint8Array, items: number, size: number, title: string, split: string) {
  const available = images.length / size;
  if (items > available)
    throw new UserError(
      `${title} has ${formatCount(available)} ${split} images; ${formatCount(items)} were asked for.`,
    );
  return images.subarray(0, items * size);
}
