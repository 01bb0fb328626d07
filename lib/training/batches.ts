import type { Stream } from "../random/stream";
import { stepsPerEpoch } from "./steps";

/**
 * The items of each step's batch: a new permutation of the training set every epoch, whose last
 * items are left out where they do not fill a batch. The step number alone decides, so that a
 * resumed fit sees the same batches.
 */
export class Batches {
  /** Items per batch: the whole training set where it is smaller than a batch. */
  readonly size: number;
  readonly perEpoch: number;
  readonly #items: number;
  readonly #order: Stream;
  #current: { readonly epoch: number; readonly permutation: Uint32Array } | undefined;

  /** @param items of the training set */
  constructor(items: number, batchSize: number, order: Stream) {
    this.size = Math.min(batchSize, items);
    this.perEpoch = stepsPerEpoch(this.size, items);
    this.#items = items;
    this.#order = order;
  }

  /** Indices of the items of step `step`, counted from 0. */
  at(step: number): Uint32Array {
    const epoch = Math.floor(step / this.perEpoch);
    if (this.#current?.epoch !== epoch) {
      const permutation = this.#order.at(epoch).permutation(this.#items);
      this.#current = { epoch, permutation };
    }
    const first = (step % this.perEpoch) * this.size;
    return this.#current.permutation.subarray(first, first + this.size);
  }
}
