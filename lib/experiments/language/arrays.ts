import { decodeNpyHeader, npyHeader } from "../../pool/npy";

/** Serialises a one-dimensional array as a NumPy file. */
export function encodeNpy(dtype: "float64" | "int32", data: Float64Array | Int32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat([npyHeader(dtype, data.length, []), bytes]);
}

/** The numbers of a one-dimensional NumPy file written by {@link encodeNpy}. */
export function decodeNpy(file: Uint8Array, name = "The array"): Float64Array | Int32Array {
  const { dtype, start } = decodeNpyHeader(file, name);
  // A copy, so that the array starts aligned.
  const { buffer } = Uint8Array.from(file.subarray(start));
  if (dtype === "float64") return new Float64Array(buffer);
  if (dtype === "int32") return new Int32Array(buffer);
  throw new TypeError(`${name} has the element type ${dtype}, not float64 or int32.`);
}
