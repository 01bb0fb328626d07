/** Updates before the rate is used: the first steps of a model compile and are far slower. */
const WARM_UP = 2;
/** The rate is that of the last 20 s, or of the last third of the work if that is longer. */
const WINDOW = { milliseconds: 20_000, share: 1 / 3 } as const;

interface Sample {
  readonly time: number;
  readonly done: number;
}

/**
 * Estimates the remaining time from the recent rate. Work done before the first update (found in the
 * store, or finished before a resume) does not count; the estimate follows a changing rate, and grows
 * while a task makes no progress.
 */
export class TimeLeft {
  #samples: Sample[] = [];
  #seen = 0;

  /** @param time milliseconds of any monotonic clock */
  add(done: number, time: number): void {
    const last = this.#samples[this.#samples.length - 1];
    if (last && done < last.done) {
      this.#samples = []; // The task began again.
      this.#seen = 0;
    } else if (last && done === last.done) return;
    this.#seen++;
    if (this.#seen <= WARM_UP) this.#samples = [];
    this.#samples.push({ time, done });
    const first = this.#samples[0];
    const from = time - Math.max(WINDOW.milliseconds, WINDOW.share * (time - first.time));
    while (this.#samples.length > 2 && this.#samples[1].time <= from) this.#samples.shift();
  }

  /** Seconds until `total` is done; undefined before there is a rate. */
  seconds(total: number, time: number): number | undefined {
    const [first] = this.#samples;
    const last = this.#samples[this.#samples.length - 1];
    if (!last || last.done >= total) return last ? 0 : undefined;
    if (this.#seen <= WARM_UP || last.done === first.done) return undefined;
    return ((time - first.time) / 1000 / (last.done - first.done)) * (total - last.done);
  }
}
