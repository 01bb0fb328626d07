import { addProduct } from "./centred";
import { largestEigenvalue, mayExceed } from "./eigen";
import type { Factor, Symmetry } from "./symmetry";

/** Bounds on the factors pay off if there are this many times more automorphisms than factor elements. */
const WORTH_BOUNDING = 8;

/**
 * Searches for the automorphism that superposes two conformers best: the sum of the fixed vertices'
 * matrix and one matrix Σ a_i b_σ(i)ᵀ per factor that has the largest eigenvalue. Its arrays are
 * reused for any number of pairs, because allocating them would take longer than a search.
 */
export class Search {
  /** The largest eigenvalue that any automorphism reaches. */
  eigenvalue = 0;
  /** The permutation of each factor that reaches it. */
  readonly choice: Int32Array;
  readonly current: Int32Array;
  /** A 3 × 3 matrix per permutation of each factor. */
  readonly tables: readonly Float64Array[];
  /** Sums of the matrices of the fixed vertices and the first f factors, as now chosen. */
  readonly sums: readonly Float64Array[];
  /** Upper bound on what the factors from f on can add; infinite where it is not computed. */
  readonly rest: Float64Array;
  readonly #prefixes: readonly Float64Array[];
  readonly #bounded: boolean;

  constructor(readonly symmetry: Symmetry) {
    const { factors, order } = symmetry;
    this.choice = new Int32Array(factors.length);
    this.current = new Int32Array(factors.length);
    this.tables = factors.map((factor) => new Float64Array(9 * factor.order));
    this.sums = [0, ...factors].map(() => new Float64Array(9));
    this.#prefixes = factors.map(({ vertices }) => new Float64Array(9 * (vertices.length + 1)));
    this.#bounded = order > WORTH_BOUNDING * factors.reduce((sum, one) => sum + one.order, 0);
    this.rest = new Float64Array(factors.length + 1).fill(Number.POSITIVE_INFINITY);
    this.rest[factors.length] = 0;
  }

  /** Sets `eigenvalue` and `choice`. @param a centred coordinates of the vertices */
  run(a: Float64Array, b: Float64Array): void {
    const { fixed, factors } = this.symmetry;
    const base = this.sums[0].fill(0);
    for (let k = 0; k < fixed.length; k++) addProduct(base, 0, a, fixed[k], b, fixed[k]);
    for (let f = 0; f < factors.length; f++)
      fillProducts(this.tables[f], this.#prefixes[f], factors[f], a, b);
    if (this.#bounded)
      for (let f = factors.length - 1; f >= 0; f--)
        this.rest[f] = this.rest[f + 1] + largestOf(this.tables[f]);
    this.eigenvalue = Number.NEGATIVE_INFINITY;
    descend(this, 0);
  }
}

function descend(search: Search, f: number): void {
  const rest = search.rest;
  const tables = search.tables;
  const sum = search.sums[f];
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
  const next = search.sums[f + 1];
  for (let at = 0; at < table.length; at += 9) {
    for (let k = 0; k < 9; k++) next[k] = sum[k] + table[at + k];
    search.current[f] = at / 9;
    descend(search, f + 1);
  }
}

/** Σ a_i b_σ(i)ᵀ of each permutation of a factor; the prefix shared with the previous one is reused. */
function fillProducts(
  table: Float64Array,
  prefix: Float64Array,
  { vertices, order, images, from }: Factor,
  a: Float64Array,
  b: Float64Array,
): void {
  const length = vertices.length;
  for (let e = 0; e < order; e++) {
    for (let k = from[e]; k < length; k++) {
      const next = 9 * k + 9;
      for (let c = next; c < next + 9; c++) prefix[c] = prefix[c - 9];
      addProduct(prefix, next, a, vertices[k], b, images[e * length + k]);
    }
    for (let c = 0; c < 9; c++) table[9 * e + c] = prefix[9 * length + c];
  }
}

/** The largest eigenvalue of any matrix of a table; that of a sum of matrices is at most the sum of these. */
function largestOf(table: Float64Array): number {
  let most = 0;
  for (let at = 0; at < table.length; at += 9)
    if (mayExceed(table, most, at)) most = Math.max(most, largestEigenvalue(table, at));
  return most;
}
