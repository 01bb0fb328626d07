import { isUtf8 } from "node:buffer";
import { UserError } from "../../errors";
import { formatCount } from "../../format";

/**
 * Decodes UTF-8 strictly, chunk by chunk; a character may straddle two chunks.
 * @param where the file, for the error
 * @throws UserError with the byte offset (from 0) of the first byte that is not UTF-8
 */
export async function* decodeUtf8(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<string, void, undefined> {
  let offset = 0;
  let rest = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = wholeLength(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw notUtf8(where, offset + firstInvalid(whole));
    if (end > 0) yield Buffer.from(whole.buffer, whole.byteOffset, end).toString("utf8");
    offset += end;
    rest = Uint8Array.from(bytes.subarray(end));
  }
  if (rest.length > 0) throw notUtf8(where, offset);
}

function notUtf8(where: string, offset: number): UserError {
  return new UserError(
    `${where} is not UTF-8: byte ${formatCount(offset)} (counted from 0, unpacked) is not part of a ` +
      "character. Convert the file, or fetch it again.",
  );
}

/** Number of bytes before an incomplete last character. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return back < lengthOf(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Number of bytes in the character with this first byte. */
function lengthOf(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const next = at + lengthOf(bytes[at]);
    if (!isUtf8(bytes.subarray(at, next))) return at;
    at = next;
  }
  return at;
}
