import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { messageOf, UserError } from "../../errors";

/**
 * The bytes of a file of the user's, in chunks; decompressed if its name ends in ".gz". Files of known
 * data sets are read through their source instead, which compares checksums.
 * @throws UserError if the file cannot be read, or the gzip file is truncated or damaged
 */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  // The callback is empty because the loop below throws the error too.
  const stream = path.endsWith(".gz") ? pipeline(file, createGunzip(), () => {}) : file;
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code.startsWith("Z_"))
      throw new UserError(
        `The gzip file ${path} is truncated or damaged (${messageOf(error)}). Fetch it again.`,
      );
    if (code.startsWith("E")) throw new UserError(`${path} cannot be read (${messageOf(error)}).`);
    throw error;
  } finally {
    file.destroy();
    stream.destroy();
  }
}
