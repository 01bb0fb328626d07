import { regime } from "../../../pool/parseRegime";
import {
  bestWeight,
  freshShareMeanError,
  meanErrors,
  realAndLatestLimit,
  weightedRealLimit,
} from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

// Some real data in every round: fresh, kept, or weighted. Means of known variance.

const known = { training: { variance: 1 } };
const error = (
  run: string,
  label: string,
  what: string,
  T: number,
  exact: Curve["exact"],
): Curve => ({
  ...{ id: run, run, label, what: `${what}: squared error of the mean over that of one fit` },
  ...{ measure: "squaredDrift", scale: () => T, exact },
});
const figure = {
  y: "squared error of the mean ÷ that of one fit",
  baseline: { value: 1, name: "first real data alone" },
};

const SHARES = [0.1, 0.5];
const ITEMS = 10;

/** A constant share of fresh real data. */
export const freshShare: Entry = {
  id: "fresh-share",
  title: "A constant share of fresh real data suffices",
  claim:
    "With a share f of new real items in every round the error stays below 1/(1 − (1 − f)²) times that of one fit",
  source: {
    paper: "Fu et al., arXiv 2502.18865 (condition recalled); form derived",
    how: "derived",
  },
  formulas: () => [freshShareMeanError.tex],
  runs: ({ pick }) =>
    SHARES.map((share): Run => {
      const iterations = pick(10, 20);
      return {
        name: `share-${share}`,
        changes: {
          data: {
            trainItems: ITEMS + (iterations - 1) * share * ITEMS,
            replicates: pick(2000, 8000),
          },
          ...known,
        },
        regime: { kind: "fresh-real", share, items: ITEMS },
        iterations,
      };
    }),
  curves: SHARES.map((f) =>
    error(
      `share-${f}`,
      `fresh real share ${f}`,
      `share ${f} of ${ITEMS} items fresh`,
      ITEMS,
      (_c, iterations) => atEach(iterations, (n) => freshShareMeanError({ f, n })),
    ),
  ),
  figure,
};

const LAMBDAS = [0.5, 4];

/** Real data kept beside the latest block. */
export const realAndLatestEntry: Entry = {
  id: "real-and-latest",
  title: "Real data and the latest block are enough",
  claim:
    "Keeping the real data and only the latest λ·T samples costs (1 + 3λ)/(1 + 2λ) ≤ 3/2 fits, less than accumulating everything",
  source: {
    paper:
      "Alemohammad et al., arXiv 2307.01850, and Bertrand et al., arXiv 2310.00429 (loop, stability); limit derived",
    how: "derived",
  },
  formulas: () => [realAndLatestLimit.tex],
  runs: ({ pick }) =>
    LAMBDAS.map(
      (ratio): Run => ({
        name: `lambda-${ratio}`,
        changes: { data: { trainItems: 4, replicates: pick(2000, 8000) }, ...known },
        regime: { kind: "real-and-latest", ratio },
        iterations: pick(7, 12),
      }),
    ),
  curves: LAMBDAS.map((ratio) =>
    error(`lambda-${ratio}`, `λ = ${ratio}`, `λ = ${ratio}, T = 4`, 4, ({ data }, n) => [
      ...meanErrors(regime({ kind: "real-and-latest", ratio }), data.trainItems, n),
    ]),
  ),
  figure,
};

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const WEIGHTS = [
  ["golden", GOLDEN, "w = 1/φ"],
  ["pooled", 0.5, "w = ½, plain pooling"],
] as const;

/** The golden ratio. */
export const goldenRatio: Entry = {
  id: "golden-ratio",
  title: "Fresh real data weighted by the golden ratio",
  claim:
    "With as many fresh real items as samples in every round the best weight of the real part is 1/φ = 0.618, and the error then is 0.618 of one fit's",
  source: { paper: "He, Xu & Cheng, arXiv 2502.18049 (k = 1 read); other k derived", how: "read" },
  formulas: () => [weightedRealLimit.tex, bestWeight.tex],
  runs: ({ pick }) =>
    WEIGHTS.map(([name, weight]): Run => {
      const iterations = pick(7, 12);
      return {
        name,
        changes: { data: { trainItems: 3 * iterations, replicates: pick(2000, 8000) }, ...known },
        regime: { kind: "weighted-real", weight, items: 3 },
        iterations,
      };
    }),
  curves: WEIGHTS.map(([name, weight, label]) =>
    error(name, label, label, 3, ({ data }, n) => [
      ...meanErrors(regime({ kind: "weighted-real", weight, items: 3 }), data.trainItems, n, 3),
    ]),
  ),
  figure,
};

const EXPONENTS = [1, 1.5, 2];

/** Rounds that grow. */
export const growingRounds: Entry = {
  id: "growing-rounds",
  title: "Replace survives if rounds grow faster than linearly",
  claim:
    "Without any real data after round 1, rounds of T nᵃ samples cost Σ k^(−a) fits: without bound for a ≤ 1, and π²/6, Accumulate's price, at a = 2",
  source: { paper: "Xu, He & Cheng, arXiv 2505.13947", how: "read" },
  formulas: () => ["E_n / v = \\sum_{k=1}^{n} \\frac{T}{T_k}"],
  runs: ({ pick }) =>
    EXPONENTS.map(
      (exponent): Run => ({
        name: `exponent-${exponent}`,
        changes: { data: { trainItems: 4, replicates: pick(1000, 4000) }, ...known },
        regime: { kind: "replace-growing", exponent },
        iterations: pick(8, 12),
      }),
    ),
  curves: EXPONENTS.map((exponent) =>
    error(
      `exponent-${exponent}`,
      `a = ${exponent}`,
      `rounds of 4 n^${exponent} samples`,
      4,
      ({ data }, n) => [
        ...meanErrors(regime({ kind: "replace-growing", exponent }), data.trainItems, n),
      ],
    ),
  ),
  figure,
};
