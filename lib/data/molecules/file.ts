import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { messageOf, UserError } from "../../errors";

/**
 * The bytes of a file of one's own, piece by piece; unpacked if its name ends in ".gz". Files of known
 * data sets are better read through their source, which compares checksums.
 * @throws UserError if it cannot be read, or is no whole gzip file
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  // The callback is there because a failure also comes out of the loop below.
  const stream = path.endsWith(".gz") ? pipeline(file, createGunzip(), () => {}) : file;
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code.startsWith("Z_"))
      throw new UserError(`${path} is no whole gzip file (${messageOf(error)}). Fetch it again.`);
    if (code.startsWith("E")) throw new UserError(`${path} cannot be read (${messageOf(error)}).`);
    throw error;
  } finally {
    file.destroy();
    stream.destroy();
  }
}
