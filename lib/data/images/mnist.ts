import { UserError } from "../../errors";
import type { Source, SourceOptions } from "../source";
import { readSource } from "../source";
import { readIdx } from "./idx";

const ADDRESSES = [
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
];

function mnistFile(file: string, sha256: string): Source {
  return {
    set: "mnist",
    file,
    addresses: ADDRESSES.map((base) => `${base}${file}.gz`),
    sha256,
  };
}

/** The four files of MNIST (LeCun, Cortes, Burges). */
export const MNIST = {
  train: {
    images: mnistFile(
      "train-images-idx3-ubyte",
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    labels: mnistFile(
      "train-labels-idx1-ubyte",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
  },
  test: {
    images: mnistFile(
      "t10k-images-idx3-ubyte",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    labels: mnistFile(
      "t10k-labels-idx1-ubyte",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
  },
} as const;

/** Height and width of an image, in pixels. */
export const MNIST_SIZE = 28;

/**
 * The images of one split: 60,000 (train) or 10,000 (test) × 28 × 28 grey values, 0 background …
 * 255 ink.
 */
export async function mnistImages(
  split: "train" | "test",
  options: SourceOptions = {},
): Promise<Uint8Array> {
  const { images } = MNIST[split];
  const { shape, data } = readIdx(await readSource(images, options), 3, images.file);
  if (shape[1] !== MNIST_SIZE || shape[2] !== MNIST_SIZE)
    throw new UserError(`${images.file} has images of ${shape[1]} × ${shape[2]}, not 28 × 28.`);
  return data;
}

/** The digits 0 … 9 of one split, in the order of {@link mnistImages}. */
export async function mnistLabels(
  split: "train" | "test",
  options: SourceOptions = {},
): Promise<Uint8Array> {
  const { labels } = MNIST[split];
  return readIdx(await readSource(labels, options), 1, labels.file).data;
}
