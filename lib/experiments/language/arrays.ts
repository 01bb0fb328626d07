import * as fs from "node:fs";
import { npyHeader, readNpyHeader } from "../../pool/npy";
import { type TypedArray, zeros } from "../../pool/schema";

/** A one-dimensional NumPy file. */
export function encodeNpy(dtype: "float64" | "int32", data: Float64Array | Int32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat([npyHeader(dtype, data.length, []), bytes]);
}

/** The numbers of a one-dimensional NumPy file. */
export function readNumbers(file: string): TypedArray {
  const handle = fs.openSync(file, "r");
  try {
    const { dtype, shape, start } = readNpyHeader(handle, file);
    if (dtype === "int64") throw new TypeError(`${file} holds int64, which no metric is kept in.`);
    const numbers = zeros(dtype, shape[0]);
    fs.readSync(handle, numbers, 0, numbers.byteLength, start);
    return numbers;
  } finally {
    fs.closeSync(handle);
  }
}
