import { LONGEST_EMBEDDING } from "./parameters";

/** Rows of a table brought to a length of at most {@link LONGEST_EMBEDDING}, direction kept. */
export function shortened(table: Float32Array, width: number): Float32Array {
  const result = Float32Array.from(table);
  for (let from = 0; from < table.length; from += width) {
    const row = result.subarray(from, from + width);
    const length = Math.hypot(...row);
    if (length > LONGEST_EMBEDDING)
      for (let k = 0; k < width; k++) row[k] *= LONGEST_EMBEDDING / length;
  }
  return result;
}
