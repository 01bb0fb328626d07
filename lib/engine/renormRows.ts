/**
 * Rows of a table rescaled to a Euclidean norm of at most `maxNorm` (PyTorch's
 * `embedding_renorm_`).
 * @param width of a row
 */
export function renormRows(table: Float32Array, width: number, maxNorm: number): Float32Array {
  const result = Float32Array.from(table);
  for (let from = 0; from < table.length; from += width) {
    const row = result.subarray(from, from + width);
    const norm = Math.hypot(...row);
    if (norm > maxNorm) for (let k = 0; k < width; k++) row[k] *= maxNorm / norm;
  }
  return result;
}
