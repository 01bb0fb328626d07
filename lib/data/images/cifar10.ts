import { UserError } from "../../errors";
import type { Source, SourceOptions } from "../source";
import { readSource } from "../source";

/** Height and width of an image, in pixels. */
export const CIFAR10_SIZE = 32;

const PIXELS = CIFAR10_SIZE ** 2;
const CHANNELS = 3;
const CLASSES = 10;
/** A label, then all red, all green and all blue values. */
const RECORD = 1 + CHANNELS * PIXELS;

/** The first records of CIFAR-10's binary files (Krizhevsky 2009): 5,000 and 1,000 of 50,000 and 10,000. */
export const CIFAR10: Readonly<Record<"train" | "test", Source>> = {
  train: {
    set: "cifar10",
    file: "train-5000.bin",
    addresses: [],
    sha256: "25c919756e77f926c2ce5d52f3af2a33de8d75ff7868e4fcd0fa499745217b8d",
  },
  test: {
    set: "cifar10",
    file: "test-1000.bin",
    addresses: [],
    sha256: "8314c96d7cd65618193bab23acdd5d4c4af15bf6dd00a1781d55beedf3be1ef5",
  },
};

/** The images of one split, items × 32 × 32 × 3 values 0 … 255, red, green and blue. */
export async function cifar10Images(
  split: "train" | "test",
  options: SourceOptions = {},
): Promise<Uint8Array> {
  const source = CIFAR10[split];
  return readCifar10(await readSource(source, options), source.file);
}

/**
 * The images of a file in CIFAR-10's binary format, [items, 32, 32, 3].
 * @param where name of the file, for error messages
 * @throws UserError if it does not consist of whole records, or a label is not 0 … 9
 */
export function readCifar10(bytes: Uint8Array, where: string): Uint8Array {
  const items = bytes.length / RECORD;
  if (!Number.isInteger(items) || items === 0)
    throw new UserError(
      `${where} is not a binary file of CIFAR-10: it has ${bytes.length} bytes, which are no whole number of records of ${RECORD}.`,
    );
  const images = new Uint8Array(items * PIXELS * CHANNELS);
  for (let i = 0, to = 0; i < items; i++) {
    const start = i * RECORD;
    if (bytes[start] >= CLASSES)
      throw new UserError(
        `${where} is not a binary file of CIFAR-10: record ${i + 1} has the label ${bytes[start]}, not 0 to 9.`,
      );
    for (let p = 0; p < PIXELS; p++)
      for (let c = 0; c < CHANNELS; c++) images[to++] = bytes[start + 1 + c * PIXELS + p];
  }
  return images;
}
