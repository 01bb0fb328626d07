import { regime } from "../../../pool/parseRegime";
import type { RegimeSpec } from "../../../pool/regime";
import { bestWeight, meanErrors, powerLawError, realAndLatestLimit } from "../../../theory/index";
import type { Curve, Entry, Run } from "./entry";

/** 1/φ. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Items of one fit. Nothing depends on it: the error over that of one fit is the same for any T. */
const T = 4;

interface Price {
  readonly name: string;
  readonly label: string;
  readonly regime: RegimeSpec;
  /** Real items of a round that are new, where there are any. */
  readonly fresh?: number;
  readonly clustered?: true;
  /** Limit for n → ∞, in multiples of one fit. */
  readonly limit: number;
}

/** Every regime, cheapest last. */
export const PRICES: readonly Price[] = [
  price("replace", "Replace", { kind: "replace" }, Number.POSITIVE_INFINITY),
  price(
    "replace-multiple",
    "Replace-Multiple",
    { kind: "replace-multiple" },
    Number.POSITIVE_INFINITY,
  ),
  {
    ...price(
      "subsample",
      "Accumulate-Subsample",
      { kind: "accumulate-subsample" },
      Math.PI ** 2 / 2 - 2,
    ),
    clustered: true,
  },
  {
    ...price(
      "fresh-share",
      "a quarter fresh real",
      { kind: "fresh-real", share: 0.25, items: T },
      16 / 7,
    ),
    fresh: 1,
  },
  price("accumulate", "Accumulate", { kind: "accumulate" }, Math.PI ** 2 / 6),
  price(
    "growing",
    "Replace, rounds of T·n²",
    { kind: "replace-growing", exponent: 2 },
    Math.PI ** 2 / 6,
  ),
  price("real-and-latest", "real + latest", { kind: "real-and-latest", ratio: 1 }, 4 / 3),
  {
    ...price(
      "weighted",
      "fresh real, weight 1/φ",
      { kind: "weighted-real", weight: GOLDEN, items: T },
      GOLDEN,
    ),
    fresh: T,
  },
];

function price(name: string, label: string, spec: RegimeSpec, limit: number): Price {
  return { name, label, regime: spec, limit };
}

/** What every regime costs an estimated mean, in multiples of one fit to the real data. */
export const priceList: Entry = {
  id: "price-list",
  title: "The price list",
  claim:
    "For an estimated mean every regime has a price in multiples of one fit: Replace n, Replace-Multiple log n, subsampling π²/2 − 2, accumulating and growing rounds π²/6, real + latest 4/3, fresh real data with weight 1/φ less than one",
  source: {
    paper:
      "arXiv 2404.01413, eq. 4, 11 and Theorem 2; 2410.22812 (subsample); 2505.13947 (growing); 2502.18049 (weights); real + latest derived",
    how: "derived",
  },
  formulas: () => [powerLawError.tex, realAndLatestLimit.tex, bestWeight.tex],

  runs: ({ pick }) =>
    PRICES.map(({ name, regime: spec, fresh = 0, clustered }): Run => {
      const iterations = pick(clustered ? 5 : 10, clustered ? 10 : 20);
      const trainItems = T + (iterations - 1) * fresh;
      const replicates = clustered ? pick(200, 400) : pick(2000, 8000);
      return {
        name,
        changes: { data: { trainItems, replicates }, training: { variance: 1 } },
        regime: spec,
        iterations,
        ...(clustered ? { seeds: pick(30, 60) } : {}),
      };
    }),

  curves: PRICES.map(
    ({ name, label, regime: spec, clustered }): Curve => ({
      id: name,
      run: name,
      label,
      measure: "squaredDrift",
      scale: () => T,
      exact: ({ data }, iterations) => [
        ...meanErrors(regime(spec), data.trainItems, iterations, T),
      ],
      what: `${label}: squared error of the mean over that of one fit`,
      ...(clustered ? { clustered } : {}),
    }),
  ),

  figure: {
    y: "squared error of the mean ÷ that of one fit",
    log: true,
    baseline: { value: 1, name: "real data alone" },
  },
};
