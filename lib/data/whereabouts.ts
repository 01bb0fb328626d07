import * as path from "node:path";
import { findSource, type SourceFile, type SourceOptions } from "./source";

/**
 * Where a source would come from, in words; nothing is read and nothing is downloaded.
 * @example whereabouts(MNIST.train.images)
 *   // "train-images-idx3-ubyte: here already, in /…/mnist"
 */
export function whereabouts(source: SourceFile, options: SourceOptions = {}): string {
  const found = findSource(source, options);
  if (found) return `${source.file}: here already, in ${path.dirname(found)}`;
  const [address] = source.addresses;
  return address
    ? `${source.file}: to be downloaded from ${new URL(address).host}`
    : `${source.file}: not here, and without an address to download it from (see data/README.md)`;
}
