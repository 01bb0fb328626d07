/**
 * Concatenates arrays of numbers.
 * @param Kind class of the result, such as `Float32Array`
 */
export function concatArrays<A extends Float32Array | Float64Array | Uint8Array>(
  Kind: new (length: number) => A,
  arrays: readonly A[],
): A {
  const result = new Kind(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    result.set(array, at);
    at += array.length;
  }
  return result;
}
