import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../errors";
import { truncatedGzip } from "./gzip";
import type { SourceFile, SourceOptions } from "./obtain";
import { obtain } from "./obtain";
import { compareChecksums } from "./source";

/** A file that is read in chunks, any number of times. */
export interface OpenSource {
  /** Path on this machine; it ends in ".gz" if the file is compressed. */
  readonly path: string;
  /** SHA-256 of the decompressed bytes, as computed when the file was opened. */
  readonly sha256: string;
  /** Whether that was compared with a known checksum. */
  readonly verified: boolean;
  /**
   * The decompressed bytes from the start, about a megabyte at a time.
   * @param onRead called with the bytes of the file on disk that were read, and all of them
   */
  chunks(onRead?: OnRead): AsyncGenerator<Uint8Array, void, undefined>;
}

export type OnRead = (done: number, total: number) => void;

const CHUNK = 1 << 20;

/**
 * A source of any size. Its decompressed bytes are read once for the checksum before any of them is
 * used; the memory needed does not grow with the file.
 * @param source without `sha256` where none is known: the computed one is then only reported
 * @throws UserError if a copy has the wrong checksum or is a damaged gzip file, or if there is no copy
 *   and it cannot be downloaded; from `chunks`, if the file has changed since it was checked
 */
export async function openSource(
  source: SourceFile & { readonly sha256?: string },
  options: SourceOptions = {},
): Promise<OpenSource> {
  const { signal } = options;
  const { path, packed, accepted } = await obtain(source, options, async (copy, gzip) => {
    const hash = createHash("sha256");
    const onRead: OnRead = (done, total) => options.onRead?.(basename(copy), done, total);
    for await (const chunk of decompress(copy, gzip, signal, onRead)) hash.update(chunk);
    const sha256 = hash.digest("hex");
    if (source.sha256 !== undefined) compareChecksums(sha256, source.sha256);
    return { sha256, state: stateOf(copy) };
  });
  if (source.sha256 === undefined) options.onUnknown?.(source, path);
  return {
    path,
    sha256: accepted.sha256,
    verified: source.sha256 !== undefined,
    async *chunks(onRead) {
      if (stateOf(path) !== accepted.state)
        throw new UserError(`${path} has changed while it was in use. Run again.`);
      yield* decompress(path, packed, signal, onRead);
    },
  };
}

async function* decompress(
  path: string,
  packed: boolean,
  signal: AbortSignal | undefined,
  onRead: OnRead = () => {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { size } = statSync(path);
  const file = createReadStream(path, { highWaterMark: CHUNK });
  // The callback is empty because the loop below throws the error too.
  const stream = packed ? pipeline(file, createGunzip({ chunkSize: CHUNK }), () => {}) : file;
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      onRead(file.bytesRead, size);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (packed && String((error as { code?: unknown }).code).startsWith("Z_"))
      throw truncatedGzip(error);
    throw error;
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** Changes when the file is written to. (A download is only renamed after its check.) */
function stateOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}
