import { concatArrays } from "../../concatArrays";
import { suggestion, UserError } from "../../errors";
import { formatCount } from "../../format";
import type { Streams } from "../../random/streams";
import type { Source, SourceFile, SourceOptions } from "../source";
import { CELEBA_LIST, CELEBA_SIZE, celebAImages } from "./celebA";
import { CIFAR10, CIFAR10_SIZE, cifar10Images } from "./cifar10";
import { MNIST, MNIST_SIZE, mnistImages } from "./mnist";
import { STROKES_SIZE, strokeDigits } from "./strokes";

/** Names of the image data sets; stroke-drawn digits need no file. */
export const IMAGE_SETS = ["mnist", "strokes", "cifar-10", "celeba"] as const;
export type ImageSetName = (typeof IMAGE_SETS)[number];

/** Shape of an image. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
}

/** Values of an image: height × width × channels. */
export const valuesOf = ({ height, width, channels }: ImageShape): number =>
  height * width * channels;

export interface ImageSet {
  /** How captions name it. */
  readonly title: string;
  readonly shape: ImageShape;
  /** The files that it is read from. */
  readonly sources: readonly (Source | SourceFile)[];
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
  celeba: {
    title: "CelebA",
    shape: { height: CELEBA_SIZE, width: CELEBA_SIZE, channels: 3 },
    sources: [CELEBA_LIST],
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
  /** SHA-256 of each source file's decompressed bytes, where it is known; none of generated images. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "MNIST (60,000 / 10,000)". */
  readonly description: string;
}

/** Pieces of whole images, which together are a split. */
type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Images that are not all held in memory. */
export interface ImageStream extends Omit<Images, "train" | "test"> {
  readonly train: Pieces;
  readonly test: Pieces;
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
  const { train, test, ...rest } = await streamImages(name, counts, streams, options);
  return { ...rest, train: await collect(train), test: await collect(test) };
}

/**
 * The same piece by piece; a folder of pictures is decoded on the way.
 * @throws UserError as {@link loadImages}, some while the pieces are read
 */
export async function streamImages(
  name: ImageSetName,
  counts: ImageCounts,
  streams: Streams,
  options: SourceOptions = {},
): Promise<ImageStream> {
  for (const [key, count] of Object.entries(counts))
    if (!(Number.isInteger(count) && count >= 1))
      throw new UserError(`${key} must be a whole number of at least 1, not ${count}.`);
  if (!Object.hasOwn(IMAGE_SET, name))
    throw new UserError(
      `There is no image data set "${name}".${suggestion(String(name), IMAGE_SETS)}`,
    );
  const { title, shape, sources } = IMAGE_SET[name];
  const { trainItems, testItems } = counts;
  const split = (which: "train" | "test", items: number) =>
    SPLITS[name]({ split: which, items, title, shape, streams, options });
  return {
    ...shape,
    train: await split("train", trainItems),
    test: await split("test", testItems),
    checksums: Object.fromEntries(
      sources.flatMap((source) => ("sha256" in source ? [[source.file, source.sha256]] : [])),
    ),
    description: `${title} (${formatCount(trainItems)} / ${formatCount(testItems)})`,
  };
}

interface SplitOptions {
  readonly split: "train" | "test";
  readonly items: number;
  readonly title: string;
  readonly shape: ImageShape;
  readonly streams: Streams;
  readonly options: SourceOptions;
}

const SPLITS: Readonly<Record<ImageSetName, (options: SplitOptions) => Pieces | Promise<Pieces>>> =
  {
    mnist: async (asked) => first(await mnistImages(asked.split, asked.options), asked),
    strokes: ({ split, items, streams }) => [
      strokeDigits(items, streams.get(`strokes-${split}`)).images,
    ],
    "cifar-10": async (asked) => first(await cifar10Images(asked.split, asked.options), asked),
    celeba: ({ split, items, options }) => celebAImages(split, items, options),
  };

/** The first items of a whole split. */
function first(images: Uint8Array, { split, items, title, shape }: SplitOptions): Pieces {
  const size = valuesOf(shape);
  const available = images.length / size;
  if (items > available)
    throw new UserError(
      `${title} has ${formatCount(available)} ${split === "train" ? "training" : "test"} images; ${formatCount(items)} were asked for.`,
    );
  return [images.subarray(0, items * size)];
}

async function collect(pieces: Pieces): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.length === 1 ? all[0] : concatArrays(Uint8Array, all);
}
