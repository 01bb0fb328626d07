/**
 * The numbers of several lists one after the other.
 * @param Kind class of the result, such as `Float32Array`
 */
export function joined<A extends Float32Array | Float64Array>(
  Kind: new (length: number) => A,
  lists: readonly A[],
): A {
  const all = new Kind(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
