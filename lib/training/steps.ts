/** How long a fit is; `epochs` counts where both are given. */
export interface Duration {
  /** Optimiser steps, whatever the size of the training set. */
  readonly steps?: number | undefined;
  /** Passes over the training set, whatever its size; 0.25 stops after a quarter of one. */
  readonly epochs?: number | undefined;
  readonly batchSize: number;
}

/** Whole batches per epoch; the items that do not fill another batch are left out. */
export const stepsPerEpoch = (batchSize: number, items: number): number =>
  Math.max(1, Math.floor(items / batchSize));

/** Optimiser steps of a fit on a training set of `items` items, at least 1. */
export function stepsOf({ steps, epochs, batchSize }: Duration, items: number): number {
  if (epochs !== undefined)
    return Math.max(1, Math.round(epochs * stepsPerEpoch(batchSize, items)));
  if (steps !== undefined) return steps;
  throw new RangeError("A fit needs a number of steps or of epochs.");
}
