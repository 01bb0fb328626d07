import { addProduct } from "./centred";
import { largestEigenvalue, mayExceed } from "./eigen";
import type { Factor } from "./symmetry";

/** Bounds of the factors are worth their eigenvalues if there are this many times more products. */
const WORTH_BOUNDING = 8;

export interface Choice {
  /** The largest eigenvalue that any automorphism reaches. */
  readonly eigenvalue: number;
  /** The permutation of each factor that reaches it. */
  readonly choice: Int32Array;
}

/**
 * The automorphism that superposes two conformers best: of all sums of `base` and one matrix
 * Σ a_i b_σ(i)ᵀ of each factor, that with the largest eigenvalue.
 * @param base the 3 × 3 matrix of the vertices that stay
 * @param a centred coordinates of the vertices
 */
export function bestChoice(
  base: Float64Array,
  a: Float64Array,
  b: Float64Array,
  factors: readonly Factor[],
): Choice {
  const tables: Float64Array[] = [];
  const sums = [base];
  for (let f = 0; f < factors.length; f++) {
    tables.push(products(factors[f], a, b));
    sums.push(new Float64Array(9));
  }
  const search: Search = {
    tables,
    sums,
    rest: bounds(factors, tables),
    current: new Int32Array(factors.length),
    choice: new Int32Array(factors.length),
    eigenvalue: Number.NEGATIVE_INFINITY,
  };
  descend(search, 0);
  return search;
}

interface Search {
  readonly tables: readonly Float64Array[];
  /** Sum of the base and of what the first f factors now contribute. */
  readonly sums: readonly Float64Array[];
  readonly rest: Float64Array;
  readonly current: Int32Array;
  readonly choice: Int32Array;
  eigenvalue: number;
}

function descend(search: Search, f: number): void {
  const { sums, rest, tables } = search;
  const sum = sums[f];
  // No completion of this sum can have a larger eigenvalue than the sum's and the factors' own.
  if (rest[f] < Number.POSITIVE_INFINITY && !mayExceed(sum, search.eigenvalue - rest[f])) return;
  if (f === tables.length) {
    const value = largestEigenvalue(sum);
    if (value <= search.eigenvalue) return;
    search.eigenvalue = value;
    search.choice.set(search.current);
    return;
  }
  const table = tables[f];
  const next = sums[f + 1];
  for (let at = 0; at < table.length; at += 9) {
    for (let k = 0; k < 9; k++) next[k] = sum[k] + table[at + k];
    search.current[f] = at / 9;
    descend(search, f + 1);
  }
}

/** Σ a_i b_σ(i)ᵀ of each permutation of a factor; what it shares with the one before is kept. */
function products({ vertices, order, images, from }: Factor, a: Float64Array, b: Float64Array) {
  const length = vertices.length;
  const table = new Float64Array(9 * order);
  const prefix = new Float64Array(9 * (length + 1));
  for (let e = 0; e < order; e++) {
    for (let k = from[e]; k < length; k++) {
      prefix.copyWithin(9 * k + 9, 9 * k, 9 * k + 9);
      addProduct(prefix, 9 * k + 9, a, vertices[k], b, images[e * length + k]);
    }
    for (let k = 0; k < 9; k++) table[9 * e + k] = prefix[9 * length + k];
  }
  return table;
}

/**
 * What the factors from f on can add at most to an eigenvalue (the largest eigenvalue of a sum is at
 * most the sum of the largest ones); infinite where it is not worth knowing, 0 for none.
 */
function bounds(factors: readonly Factor[], tables: readonly Float64Array[]): Float64Array {
  const rest = new Float64Array(factors.length + 1);
  const single = factors.reduce((sum, { order }) => sum + order, 0);
  const all = factors.reduce((product, { order }) => product * order, 1);
  const worth = all > WORTH_BOUNDING * single;
  for (let f = factors.length - 1; f >= 0; f--) {
    if (!worth) {
      rest[f] = Number.POSITIVE_INFINITY;
      continue;
    }
    let most = 0;
    for (let e = 0; e < factors[f].order; e++) {
      const product = tables[f].subarray(9 * e, 9 * e + 9);
      if (mayExceed(product, most)) most = Math.max(most, largestEigenvalue(product));
    }
    rest[f] = rest[f + 1] + most;
  }
  return rest;
}
