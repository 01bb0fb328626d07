/**
 * Means and covariances of columns, row by row. Values are taken relative to the first row's, so that large
 * means cost no digits.
 */
export class Moments {
  #count = 0;
  #first: Float64Array | undefined;
  readonly #sums: Float64Array;
  readonly #products: Float64Array;

  constructor(readonly size: number) {
    this.#sums = new Float64Array(size);
    this.#products = new Float64Array(size * size);
  }

  /** @param row one value a column */
  add(row: Float64Array): void {
    this.#first ??= row.slice();
    this.#count++;
    for (let i = 0; i < this.size; i++) {
      const a = row[i] - this.#first[i];
      this.#sums[i] += a;
      for (let j = 0; j <= i; j++)
        this.#products[i * this.size + j] += a * (row[j] - this.#first[j]);
    }
  }

  get mean(): Float64Array {
    return this.#sums.map((sum, i) => (this.#first?.[i] ?? 0) + sum / this.#count);
  }

  /** Covariance of two columns. */
  covariance(i: number, j: number): number {
    const product = this.#products[Math.max(i, j) * this.size + Math.min(i, j)];
    return product / this.#count - (this.#sums[i] / this.#count) * (this.#sums[j] / this.#count);
  }

  /**
   * Share of each column's variance that no linear combination of the columns before it explains: the squared
   * pivots of the correlations' Cholesky factor. All variances must be above 0.
   */
  unexplained(): Float64Array {
    const { size } = this;
    const scale = Float64Array.from({ length: size }, (_, i) => Math.sqrt(this.covariance(i, i)));
    const factor = new Float64Array(size * size);
    const pivots = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = this.covariance(i, j) / (scale[i] * scale[j]);
        for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
        if (j === i) pivots[i] = Math.max(0, rest);
        else factor[i * size + j] = pivots[j] > 0 ? rest / factor[j * size + j] : 0;
      }
      factor[i * size + i] = Math.sqrt(pivots[i]);
    }
    return pivots;
  }
}
