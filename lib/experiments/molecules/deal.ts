/**
 * Whose turn it is, over and over, so that after any number of turns everyone has had them in
 * proportion to the weights as nearly as whole numbers allow (Webster's and Sainte-Laguë's divisors:
 * turn j of m is due at (j + ½) / weight m, ties in order). Equal weights go round in order; after as
 * many turns as the weights sum to, everyone has had exactly its weight.
 * @param weights whole numbers from 1 on
 * @returns the index of each of the first `count` turns
 */
export function deal(weights: ArrayLike<number>, count: number): Int32Array {
  const total = Array.from(weights).reduce((a, b) => a + b, 0);
  const round = Array.from(weights, (weight, index) =>
    Array.from({ length: weight }, (_, j) => ({ index, due: (j + 0.5) / weight })),
  ).flat();
  // The sort is stable, so ties keep their order.
  round.sort((a, b) => a.due - b.due);
  return Int32Array.from({ length: count }, (_, k) => round[k % total].index);
}
