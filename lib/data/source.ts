import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "../errors";
import { gunzip, isGzip } from "./gzip";
import type { SourceFile, SourceOptions } from "./obtain";
import { obtain } from "./obtain";

export type { SourceFile, SourceOptions } from "./obtain";
export { findSource, MIRRORS } from "./obtain";

/** A file of a data set and its checksum. */
export interface Source extends SourceFile {
  /** SHA-256 of the decompressed bytes: mirrors may compress the same file differently. */
  readonly sha256: string;
}

/** Largest file that is read into memory, in bytes; MNIST's largest has 47 million. */
const MAX_BYTES = 1 << 28;

/**
 * The decompressed bytes of a source, always checked: from the project's cache, else from the first
 * mirror that has it, else downloaded into the cache. They are held in memory; read files of more
 * than 256 MiB with `openSource`.
 * @throws UserError if a copy has the wrong checksum or is too large, or if there is no copy and it
 *   cannot be downloaded
 */
export async function readSource(source: Source, options: SourceOptions = {}): Promise<Uint8Array> {
  const { accepted } = await obtain(source, options, (path, packed) =>
    verifiedBytes(path, packed, source),
  );
  return accepted;
}

/** The decompressed bytes of a file. @throws UserError, a phrase, if they are not the right ones */
function verifiedBytes(path: string, packed: boolean, source: Source): Uint8Array {
  const raw = readFileSync(path);
  if (!packed && isGzip(raw)) throw new UserError("it is still a gzip file: add .gz to its name");
  const bytes = packed ? gunzip(raw, MAX_BYTES) : raw;
  compareChecksums(createHash("sha256").update(bytes).digest("hex"), source.sha256);
  return bytes;
}

/** @throws UserError, a phrase with both, if they differ */
export function compareChecksums(actual: string, expected: string): void {
  if (actual !== expected)
    throw new UserError(
      `the SHA-256 of its decompressed bytes is ${actual} instead of ${expected}`,
    );
}
