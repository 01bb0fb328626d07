import { suggestion, UserError } from "../../errors";
import { formatCount } from "../../format";
import type { Streams } from "../../random/streams";
import type { SourceFile, SourceOptions } from "../source";
import { MNIST, MNIST_SIZE, mnistImages } from "./mnist";
import { STROKES_SIZE, strokeDigits } from "./strokes";

/** Names of the image data sets: MNIST, and stroke-drawn digits, which need no file. */
export const IMAGE_SETS = ["mnist", "strokes"] as const;
export type ImageSetName = (typeof IMAGE_SETS)[number];

/** How captions name them. */
export const IMAGE_SET_NAMES: Readonly<Record<ImageSetName, string>> = {
  mnist: "MNIST",
  strokes: "stroke-drawn digits",
};

/** The files that each is read from. */
export const IMAGE_SOURCES: Readonly<Record<ImageSetName, readonly SourceFile[]>> = {
  mnist: [MNIST.train.images, MNIST.test.images],
  strokes: [],
};

export interface ImageCounts {
  readonly trainItems: number;
  readonly testItems: number;
}

/** Training and held-out images of one data set; no image is in both. */
export interface Images {
  /** items × height × width × channels grey or colour values 0 … 255, row by row. */
  readonly train: Uint8Array;
  readonly test: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
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
  switch (name) {
    case "mnist":
      return mnist(counts, options);
    case "strokes":
      return strokes(counts, streams);
    default:
      throw new UserError(
        `There is no image data set "${name}".${suggestion(String(name), IMAGE_SETS)}`,
      );
  }
}

async function mnist({ trainItems, testItems }: ImageCounts, options: SourceOptions) {
  const train = await mnistImages("train", options);
  const test = await mnistImages("test", options);
  const { images: trainSource } = MNIST.train;
  const { images: testSource } = MNIST.test;
  return {
    train: first(train, trainItems, "training"),
    test: first(test, testItems, "test"),
    height: MNIST_SIZE,
    width: MNIST_SIZE,
    channels: 1,
    checksums: {
      [trainSource.file]: trainSource.sha256,
      [testSource.file]: testSource.sha256,
    },
    description: describe("mnist", { trainItems, testItems }),
  };
}

function first(images: Uint8Array, items: number, split: string): Uint8Array {
  const pixels = MNIST_SIZE * MNIST_SIZE;
  const available = images.length / pixels;
  if (items > available)
    throw new UserError(
      `MNIST has ${formatCount(available)} ${split} images; ${formatCount(items)} were asked for.`,
    );
  return images.subarray(0, items * pixels);
}

function strokes({ trainItems, testItems }: ImageCounts, streams: Streams): Images {
  return {
    train: strokeDigits(trainItems, streams.get("strokes-train")).images,
    test: strokeDigits(testItems, streams.get("strokes-test")).images,
    height: STROKES_SIZE,
    width: STROKES_SIZE,
    channels: 1,
    checksums: {},
    description: describe("strokes", { trainItems, testItems }),
  };
}

function describe(name: ImageSetName, { trainItems, testItems }: ImageCounts): string {
  return `${IMAGE_SET_NAMES[name]} (${formatCount(trainItems)} / ${formatCount(testItems)})`;
}
