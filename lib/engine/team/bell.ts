/** A counter in shared memory on which threads sleep until another one rings. */
export class Bell {
  readonly #count: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(4)) {
    this.#count = new Int32Array(memory);
  }

  get rings(): number {
    return Atomics.load(this.#count, 0);
  }

  ring(): void {
    Atomics.add(this.#count, 0, 1);
    Atomics.notify(this.#count, 0);
  }

  /** Sleeps, without a turn of the event loop, until it has rung more than `heard` times. */
  after(heard: number): void {
    while (this.rings <= heard) Atomics.wait(this.#count, 0, heard);
  }
}
