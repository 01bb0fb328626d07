/**
 * Assigns `count` draws to molecules in proportion to `weights` (Webster's apportionment, also known
 * as Sainte-Laguë's), so that every prefix is balanced: draw j of molecule m is due at
 * (j + ½) / weight m, ties in order. Equal weights take turns; after as many draws as the weights
 * sum to, each molecule has had exactly its weight, and the sequence repeats.
 * @param weights whole numbers from 1 on
 * @returns the index of the molecule of each draw, [count]
 */
export function apportion(weights: ArrayLike<number>, count: number): Int32Array {
  const total = Array.from(weights).reduce((a, b) => a + b, 0);
  const cycle = Array.from(weights, (weight, index) =>
    Array.from({ length: weight }, (_, j) => ({ index, due: (j + 0.5) / weight })),
  ).flat();
  // The sort is stable, so ties keep their order.
  cycle.sort((a, b) => a.due - b.due);
  return Int32Array.from({ length: count }, (_, k) => cycle[k % total].index);
}
