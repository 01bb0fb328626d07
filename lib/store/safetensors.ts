import * as fs from "node:fs";
import { UserError } from "../errors";
import { sizeOf } from "../sizeOf";
import { fromBfloat16, fromFloat16 } from "./halfPrecision";
import type { Weights, WeightTensor } from "./weights";

const DTYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;
type SafeDtype = keyof typeof DTYPES;

/** How the arrays are read, from bytes that begin aligned. Other programs' types are widened exactly. */
const READERS: Readonly<Record<string, [bytes: number, read: (from: ArrayBuffer) => Numbers]>> = {
  ...Object.fromEntries(
    Object.entries(DTYPES).map(([name, Type]) => [
      name,
      [Type.BYTES_PER_ELEMENT, (from: ArrayBuffer) => new Type(from)],
    ]),
  ),
  F16: [2, (from) => fromFloat16(new Uint16Array(from))],
  BF16: [2, (from) => fromBfloat16(new Uint16Array(from))],
  BOOL: [1, (from) => new Uint8Array(from)],
};
type Numbers = WeightTensor["data"];

const LARGEST_HEADER = 100_000_000;

/** The bytes of a safetensors file: 8-byte header length, JSON header, the arrays in name order. */
export function encodeSafetensors(
  weights: Weights,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  // Entries, because assignment would take the name "__proto__" for something else.
  const header: [string, unknown][] = [["__metadata__", metadata]];
  // Wide elements first keeps every array aligned to its own size within the data section.
  const names = Object.keys(weights).sort(
    (a, b) =>
      weights[b].data.BYTES_PER_ELEMENT - weights[a].data.BYTES_PER_ELEMENT || (a < b ? -1 : 1),
  );
  let offset = 0;
  for (const name of names) {
    const { data, shape } = weights[name];
    if (sizeOf(shape) !== data.length)
      throw new TypeError(`Tensor ${name} has ${data.length} numbers, its shape is [${shape}].`);
    const end = offset + data.byteLength;
    header.push([name, { dtype: dtypeOf(data), shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  let text = JSON.stringify(Object.fromEntries(header));
  text += " ".repeat((8 - (Buffer.byteLength(text) % 8)) % 8);
  const head = Buffer.from(text);
  const file = new Uint8Array(8 + head.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  let at = 8 + head.length;
  for (const name of names) {
    const { data } = weights[name];
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * Reads a safetensors file; a truncated or lying one is refused with a sentence. Half precision (F16,
 * BF16) becomes float32, truth values (BOOL) become bytes.
 */
export function readSafetensors(file: string): {
  weights: Weights;
  metadata: Readonly<Record<string, string>>;
} {
  return decodeSafetensors(fs.readFileSync(file), file);
}

/** @param source named in errors. */
export function decodeSafetensors(
  bytes: Uint8Array,
  source: string,
): { weights: Weights; metadata: Readonly<Record<string, string>> } {
  const refuse = (why: string): UserError =>
    new UserError(
      `${source} is not a sound safetensors file: ${why}. Delete it and rerun, or copy it anew.`,
    );
  if (bytes.length < 8) throw refuse(`it has only ${bytes.length} bytes`);
  const length = Number(
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true),
  );
  if (length > LARGEST_HEADER || 8 + length > bytes.length)
    throw refuse(`its header claims ${length} bytes, the file has ${bytes.length}`);
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString("utf8"));
  } catch {
    throw refuse("its header is not JSON");
  }
  if (!isObject(header)) throw refuse("its header is not an object");
  const { __metadata__: metadata = {}, ...tensors } = header;
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== "string"))
    throw refuse("its metadata are not texts");
  const data = bytes.subarray(8 + length);
  const weights: [string, WeightTensor][] = [];
  const ranges: [begin: number, end: number, name: string][] = [];
  for (const [name, entry] of Object.entries(tensors)) {
    if (!isObject(entry)) throw refuse(`tensor ${name} is not described by an object`);
    const { dtype, shape, data_offsets: range } = entry;
    if (typeof dtype !== "string" || !Object.hasOwn(READERS, dtype))
      throw refuse(`tensor ${name} has the dtype ${dtype}`);
    if (!isSizes(shape) || !isSizes(range) || range.length !== 2)
      throw refuse(`tensor ${name} has no valid shape and range`);
    const [width, read] = READERS[dtype];
    const expected = sizeOf(shape) * width;
    if (range[1] - range[0] !== expected)
      throw refuse(
        `tensor ${name} of shape [${shape}] needs ${expected} bytes, not ${range[1] - range[0]}`,
      );
    if (range[1] > data.length)
      throw refuse(`tensor ${name} ends at byte ${range[1]} of ${data.length}`);
    // A copy, so that the array starts aligned (Buffer.slice would not copy).
    const copy = new Uint8Array(data.subarray(range[0], range[1]));
    weights.push([name, { shape, data: read(copy.buffer as ArrayBuffer) }]);
    ranges.push([range[0], range[1], name]);
  }
  let covered = 0;
  for (const [begin, end, name] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (begin !== covered)
      throw refuse(
        begin < covered
          ? `tensor ${name} begins at byte ${begin}, within another one`
          : `no tensor covers its data bytes from ${covered} to ${begin}`,
      );
    covered = end;
  }
  if (covered !== data.length)
    throw refuse(`its tensors cover ${covered} of ${data.length} data bytes`);
  return {
    weights: Object.fromEntries(weights),
    metadata: metadata as Readonly<Record<string, string>>,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function dtypeOf(data: WeightTensor["data"]): SafeDtype {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  if (data instanceof Int32Array) return "I32";
  return "U8";
}
