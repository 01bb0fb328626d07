/** Milliseconds over which a rate is measured. */
const INTERVAL = 1000;

/** Examples per second, measured anew every second. For progress only: it differs from run to run. */
export class Throughput {
  #count = 0;
  #since = performance.now();
  #rate: number | undefined;

  add(count: number): void {
    this.#count += count;
    const elapsed = performance.now() - this.#since;
    if (elapsed < INTERVAL) return;
    this.#rate = (1000 * this.#count) / elapsed;
    this.#count = 0;
    this.#since = performance.now();
  }

  /** The last rate under the given name; nothing during the first second. */
  read(name: string): Record<string, number> {
    return this.#rate === undefined ? {} : { [name]: this.#rate };
  }
}
