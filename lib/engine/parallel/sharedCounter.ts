/** A counter in shared memory that threads can wait on: a semaphore. */
export class SharedCounter {
  readonly #count: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(4)) {
    this.#count = new Int32Array(memory);
  }

  get count(): number {
    return Atomics.load(this.#count, 0);
  }

  increment(): void {
    Atomics.add(this.#count, 0, 1);
    Atomics.notify(this.#count, 0);
  }

  /** Blocks this thread, event loop included, until the counter is greater than `count`. */
  waitBeyond(count: number): void {
    while (this.count <= count) Atomics.wait(this.#count, 0, count);
  }
}
