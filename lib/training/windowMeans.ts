/** Means over the steps since the last record, each step weighted by its number of examples. */
export class WindowMeans {
  readonly #terms: readonly string[];
  #sums: Float64Array;
  #norm = 0;
  #count = 0;
  #steps = 0;

  /** @param terms names of the loss's summands; none where the loss has only one */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
    this.#sums = new Float64Array(Math.max(1, terms.length));
  }

  /**
   * @param losses summands of the step's loss
   * @param norm of its gradient, before clipping
   * @param count its examples
   */
  add(losses: readonly number[], norm: number, count: number): void {
    losses.forEach((loss, i) => {
      this.#sums[i] += loss * count;
    });
    this.#norm += norm;
    this.#count += count;
    this.#steps++;
  }

  /** `loss`, its terms by name where it has several, and `gradientNorm`; begins a new window. */
  read(): Record<string, number> {
    const means = this.#sums.map((sum) => sum / this.#count);
    const record = {
      loss: means.reduce((a, b) => a + b),
      ...Object.fromEntries(this.#terms.map((term, i) => [term, means[i]])),
      gradientNorm: this.#norm / this.#steps,
    };
    this.#sums = this.#sums.map(() => 0);
    [this.#norm, this.#count, this.#steps] = [0, 0, 0];
    return record;
  }
}
