import { suggestion, UserError } from "../errors";
import type { Streams } from "../random/streams";
import { MNIST, MNIST_SIZE, mnistImages } from "./mnist";
import type { SourceOptions } from "./source";
import { STROKES_SIZE, strokeDigits } from "./strokes";

/** Image data sets by name: MNIST, and stroke-drawn digits that need no file. */
export const IMAGE_SETS = ["mnist", "strokes"] as const;
export type ImageSetName = (typeof IMAGE_SETS)[number];

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
  /** SHA-256 of each source file's unpacked bytes; empty for generated images. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "MNIST (60,000 / 10,000)". */
  readonly description: string;
}

/**
 * Loads an image data set: the first items of the official files, or as many drawn digits as
 * wanted (from the streams "strokes-train" and "strokes-test").
 * @throws UserError for an unknown name, more items than there are, or data that cannot be had
 */
export async function loadImages(
  name: ImageSetName,
  counts: ImageCounts,
  streams: Streams,
  options: SourceOptions = {},
): Promise<Images> {
  for (const [key, count] of Object.entries(counts))
    if (!(Number.isInteger(count) && count >= 1))
      throw new UserError(`${key} must be a whole number from 1 on, not ${count}.`);
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
    description: describe("MNIST", { trainItems, testItems }),
  };
}

function first(images: Uint8Array, items: number, split: string): Uint8Array {
  const pixels = MNIST_SIZE * MNIST_SIZE;
  const available = images.length / pixels;
  if (items > available)
    throw new UserError(
      `MNIST has ${grouped(available)} ${split} images; ${grouped(items)} were asked for.`,
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
    description: describe("stroke-drawn digits", { trainItems, testItems }),
  };
}

function describe(name: string, { trainItems, testItems }: ImageCounts): string {
  return `${name} (${grouped(trainItems)} / ${grouped(testItems)})`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
