import { readSync } from "node:fs";
import { UserError } from "../errors";
import type { Dtype } from "./schema";

/** Element types of the arrays a block is stored in; offsets are int64, which no field may be. */
export type NpyType = Dtype | "int64";

const DESCRIPTIONS: Readonly<Record<NpyType, string>> = {
  uint8: "|u1",
  uint16: "<u2",
  int32: "<i4",
  int64: "<i8",
  float32: "<f4",
  float64: "<f8",
};

const ALIGNMENT = 64;
const PREAMBLE = 10;
const MAX_HEADER = 65_536;
/** Room for any count that a double can hold, so that the header never has to grow. */
const LARGEST_COUNT = String(Number.MAX_SAFE_INTEGER).length;

/** What a NumPy file says about its array. */
export interface NpyHeader {
  readonly dtype: NpyType;
  /** Shape of the whole array; the first number is the count of elements. */
  readonly shape: readonly number[];
  /** Bytes before the array's first byte. */
  readonly start: number;
}

/**
 * The header of a NumPy array file, format 1.0, C order. Its length depends on the shape of one
 * element and not on the count, so that the count can be filled in when it is known.
 * @param element shape of one element
 */
export function npyHeader(dtype: NpyType, count: number, element: readonly number[]): Uint8Array {
  const axes = [count, ...element];
  const tuple = axes.length === 1 ? `${axes[0]},` : axes.join(", ");
  const text = `{'descr': '${DESCRIPTIONS[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const longest = PREAMBLE + text.length - String(count).length + LARGEST_COUNT + 1;
  const total = Math.ceil(longest / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(total, " ");
  header.write("\x93NUMPY\x01\x00", 0, "latin1");
  header.writeUInt16LE(total - PREAMBLE, 8);
  header.write(text, PREAMBLE, "latin1");
  header[total - 1] = 0x0a;
  return header;
}

/** Reads and checks the header of an open NumPy file. `path` is for messages only. */
export function readNpyHeader(fd: number, path: string): NpyHeader {
  const start = Buffer.alloc(12 + MAX_HEADER);
  return decodeNpyHeader(start.subarray(0, readSync(fd, start, 0, start.length, 0)), path);
}

/** Reads and checks the header of a NumPy file. `path` is for messages only. */
export function decodeNpyHeader(file: Uint8Array, path: string): NpyHeader {
  const preamble = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < PREAMBLE || preamble.toString("latin1", 0, 6) !== "\x93NUMPY")
    throw new UserError(
      `${path} is not a NumPy array file: it does not begin with NumPy's magic bytes.`,
    );
  const version = preamble[6];
  if (version < 1 || version > 3)
    throw new UserError(
      `${path} is a NumPy file of format ${version}; only 1, 2 and 3 can be read.`,
    );
  const before = version === 1 ? 10 : 12;
  const length =
    file.length < before
      ? Infinity
      : before === 10
        ? preamble.readUInt16LE(8)
        : preamble.readUInt32LE(8);
  if (length > MAX_HEADER || file.length < before + length)
    throw new UserError(`${path} is truncated: its NumPy header is incomplete.`);
  const header = preamble.toString("latin1", before, before + length);
  return { ...parse(header, path), start: before + length };
}

function parse(text: string, path: string): Pick<NpyHeader, "dtype" | "shape"> {
  const description = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (description === undefined || fortran === undefined || shape === undefined)
    throw new UserError(`${path} has a damaged NumPy header: ${JSON.stringify(text.trim())}.`);
  if (fortran === "True")
    throw new UserError(
      `${path} is stored in Fortran order; save it again with np.ascontiguousarray.`,
    );
  const types = Object.keys(DESCRIPTIONS) as NpyType[];
  const dtype = types.find((type) => DESCRIPTIONS[type].slice(1) === description.slice(1));
  if (dtype === undefined || description.startsWith(">"))
    throw new UserError(
      `${path} has element type ${description}; readable are ${Object.values(DESCRIPTIONS).join(", ")}.`,
    );
  const axes = shape.split(",").filter((part) => part.trim() !== "");
  return { dtype, shape: axes.map(Number) };
}

/** The int64 numbers of a file; exact up to 2^53. */
export function int64ToNumbers(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(bytes.length / 8);
  for (let i = 0; i < numbers.length; i++)
    numbers[i] = view.getUint32(8 * i, true) + 2 ** 32 * view.getInt32(8 * i + 4, true);
  return numbers;
}
