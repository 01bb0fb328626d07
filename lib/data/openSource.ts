import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { messageOf, UserError } from "../errors";
import type { SourceFile, SourceOptions } from "./obtain";
import { obtain } from "./obtain";
import { compareChecksums } from "./source";

/** A file that is read piece by piece, as often as wanted. */
export interface OpenSource {
  /** Where it lies on this machine; its name ends in ".gz" if it is packed. */
  readonly path: string;
  /** SHA-256 of the unpacked bytes, as seen. */
  readonly sha256: string;
  /** Whether that was compared with a known checksum. */
  readonly verified: boolean;
  /** The unpacked bytes from the start, about a megabyte at a time. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
}

const CHUNK = 1 << 20;

/**
 * A source of any size. Its unpacked bytes are read once to compute the checksum, before anything
 * is used; what is held in memory does not grow with the file.
 * @param source without `sha256` where none is known: the one that was seen is then only reported
 * @throws UserError if a copy has the wrong checksum or is no whole gzip file, or if there is none
 *   and it cannot be had; from `chunks`, if the file was changed since it was checked
 */
export async function openSource(
  source: SourceFile & { readonly sha256?: string },
  options: SourceOptions = {},
): Promise<OpenSource> {
  const { signal } = options;
  const { path, packed, accepted } = await obtain(source, options, async (copy, gzip) => {
    const hash = createHash("sha256");
    for await (const chunk of unpacked(copy, gzip, signal)) hash.update(chunk);
    const sha256 = hash.digest("hex");
    if (source.sha256 !== undefined) compareChecksums(sha256, source.sha256);
    return { sha256, state: stateOf(copy) };
  });
  return {
    path,
    sha256: accepted.sha256,
    verified: source.sha256 !== undefined,
    async *chunks() {
      if (stateOf(path) !== accepted.state)
        throw new UserError(`${path} was changed while it was in use. Run again.`);
      yield* unpacked(path, packed, signal);
    },
  };
}

async function* unpacked(
  path: string,
  packed: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  // The callback is there because a failure also comes out of the loop below.
  const stream = packed ? pipeline(file, createGunzip({ chunkSize: CHUNK }), () => {}) : file;
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (packed && String((error as { code?: unknown }).code).startsWith("Z_"))
      throw new UserError(`it is no whole gzip file (${messageOf(error)})`);
    throw error;
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** Differs when a file has been written to. A download is renamed after it was checked, no more. */
function stateOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}
