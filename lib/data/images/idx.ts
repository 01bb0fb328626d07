import { UserError } from "../../errors";
import { sizeOf } from "../../sizeOf";
import { isGzip } from "../gzip";

/** An array of unsigned bytes in IDX, the file format of MNIST. */
export interface IdxArray {
  /** Items first: [60000, 28, 28]. */
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Code of unsigned bytes in an IDX magic number. */
const UNSIGNED_BYTE = 8;

/**
 * Parses an IDX file of unsigned bytes.
 * @param axes number of axes it must have: 3 for images, 1 for labels
 * @param name for messages
 * @throws UserError if the file is still compressed, or its magic number, shape or length is wrong
 */
export function readIdx(bytes: Uint8Array, axes: number, name: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 + 4 * axes;
  const magic = (UNSIGNED_BYTE << 8) | axes;
  if (bytes.length < 4)
    throw new UserError(`${name} is truncated: an IDX file has at least 4 bytes.`);
  if (isGzip(bytes))
    throw new UserError(`${name} is still a gzip file: decompress it, or name it ${name}.gz.`);
  if (view.getUint32(0) !== magic)
    throw new UserError(
      `${name} is not the expected IDX file: its magic number is ${view.getUint32(0)}, not ` +
        `${magic} (unsigned bytes, ${axes} ${axes === 1 ? "axis" : "axes"}).`,
    );
  if (bytes.length < header)
    throw new UserError(`${name} is truncated: its header takes ${header} bytes.`);
  const shape = Array.from({ length: axes }, (_, k) => view.getUint32(4 + 4 * k));
  const expected = header + sizeOf(shape);
  if (bytes.length !== expected)
    throw new UserError(
      `${name} is ${bytes.length < expected ? "truncated" : "too long"}: its header says ` +
        `${shape.join(" × ")}, which is ${expected} bytes, but it has ${bytes.length}.`,
    );
  return { shape, data: bytes.subarray(header) };
}
