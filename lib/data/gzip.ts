import { constants } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { messageOf, UserError } from "../errors";
import { formatCount } from "../format";

/** Whether bytes begin as every gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses a gzip file in memory.
 * @param maxBytes a few kilobytes can decompress to gigabytes; no more than this is written
 * @throws UserError, a phrase, if the file is truncated or damaged, or decompresses to more
 */
export function gunzip(bytes: Uint8Array, maxBytes: number = constants.MAX_LENGTH): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE")
      throw new UserError(`it decompresses to more than ${formatCount(maxBytes)} bytes`);
    throw truncatedGzip(error);
  }
}

/** A phrase about a gzip file that could not be decompressed. */
export function truncatedGzip(error: unknown): UserError {
  return new UserError(`the gzip file is truncated or damaged (${messageOf(error)})`);
}
