import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { messageOf, UserError } from "../errors";
import type { SourceFile, SourceOptions } from "./obtain";
import { obtain } from "./obtain";

export type { SourceFile, SourceOptions } from "./obtain";
export { findSource, MIRRORS } from "./obtain";

/** A file of a data set and how to know it. */
export interface Source extends SourceFile {
  /** SHA-256 of the unpacked bytes: mirrors may pack the same file differently. */
  readonly sha256: string;
}

/**
 * The unpacked bytes of a source, always checked: from the project's cache, else from the first
 * mirror that has it, else downloaded into the cache. They are held in memory: a file of many
 * megabytes is better read with `openSource`.
 * @throws UserError if a copy has the wrong checksum, or if there is none and it cannot be had
 */
export async function readSource(source: Source, options: SourceOptions = {}): Promise<Uint8Array> {
  const { accepted } = await obtain(source, options, (path, packed) =>
    checked(path, packed, source),
  );
  return accepted;
}

/** The unpacked bytes of a file, if they are the right ones; else a UserError that says why not. */
function checked(path: string, packed: boolean, source: Source): Uint8Array {
  let bytes: Uint8Array = readFileSync(path);
  if (packed) {
    try {
      bytes = gunzipSync(bytes);
    } catch (error) {
      throw new UserError(`it is no whole gzip file (${messageOf(error)})`);
    }
  }
  const actual = createHash("sha256").update(bytes).digest("hex");
  compareChecksums(actual, source.sha256);
  return bytes;
}

/** @throws UserError, a phrase with both, if they differ */
export function compareChecksums(actual: string, wanted: string): void {
  if (actual !== wanted)
    throw new UserError(`the SHA-256 of its unpacked bytes is ${actual} instead of ${wanted}`);
}
