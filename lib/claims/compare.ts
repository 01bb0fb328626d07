import type { Claim } from "./claim";
import { finite, type Measured, type Place } from "./measured";
import { type Bound, threshold } from "./threshold";

/** How two values are compared: a ratio (1 if equal) or a difference (0 if equal). */
export type By = "ratio" | "difference";

/** The published value of the claim's metric; undefined where the paper gives none. */
export type PublishedAt = (place: Place) => number | undefined;

export type CompareOptions = Pick<Claim, "id" | "statement"> &
  Bound & {
    readonly measured: Measured;
    readonly metric: string;
    /** The model that is judged … */
    readonly of: Place;
    /** … and the one that it is compared with: its own chain's first, another regime's, … */
    readonly to: Place;
    readonly by: By;
    readonly published?: PublishedAt;
  };

/**
 * Two models of the same seed compared, over all seeds that have both: growth since the first
 * iteration (`to` is the same chain's), one regime against another, one variant against another.
 * @example compare({ …, of: { ...replace, iteration: 5 }, to: { ...replace, iteration: 0 },
 *   by: "ratio", above: 1 })
 */
export function compare(options: CompareOptions): Claim {
  const { id, statement, measured, metric, of, to, by, published } = options;
  const sameChain = of.variant === to.variant && of.regime === to.regime;
  const runsOf = ({ variant, regime, iteration }: Place) =>
    measured.runs(variant, regime, iteration);
  return threshold({
    ...{ id, statement },
    ...(options.above === undefined ? { below: options.below } : { above: options.above }),
    summary: measured.overSeeds((seed) =>
      combine(by, measured.value(of, seed, metric), measured.value(to, seed, metric)),
    ),
    published: finite(combine(by, published?.(of) ?? Number.NaN, published?.(to) ?? Number.NaN)),
    runs: sameChain ? runsOf(of) : [...runsOf(of), ...runsOf(to)],
  });
}

/** a ÷ b or a − b. */
export function combine(by: By, a: number, b: number): number {
  return by === "ratio" ? a / b : a - b;
}
