import type { Claim } from "./claim";
import { type By, combine, type PublishedAt } from "./compare";
import { finite, type Measured, type Place } from "./measured";
import { type Bound, threshold } from "./threshold";

export type StepOptions = Pick<Claim, "id" | "statement"> &
  Bound & {
    readonly measured: Measured;
    readonly metric: string;
    readonly variant: string;
    readonly regime: string;
    /** First and last iteration of the chain. */
    readonly first: number;
    readonly last: number;
    readonly by: By;
    readonly published?: PublishedAt;
  };

/**
 * "Every iteration is worse than the one before": the smallest step between successive iterations
 * of a chain, over all seeds that have every iteration.
 */
export function everyStep(options: StepOptions): Claim {
  const { id, statement, measured, metric, variant, regime, first, last, by, published } = options;
  const at = (iteration: number): Place => ({ variant, regime, iteration });
  return threshold({
    ...{ id, statement },
    ...(options.above === undefined ? { below: options.below } : { above: options.above }),
    summary: measured.overSeeds((seed) =>
      smallestStep(by, first, last, (n) => measured.value(at(n), seed, metric)),
    ),
    published: finite(smallestStep(by, first, last, (n) => published?.(at(n)) ?? Number.NaN)),
    runs: measured.runs(variant, regime, last),
  });
}

/** The smallest step between successive values at first … last; NaN if a value is missing. */
export function smallestStep(
  by: By,
  first: number,
  last: number,
  at: (iteration: number) => number,
): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let n = first + 1; n <= last; n++) {
    const step = combine(by, at(n), at(n - 1));
    if (Number.isNaN(step)) return Number.NaN;
    smallest = Math.min(smallest, step);
  }
  return smallest;
}
