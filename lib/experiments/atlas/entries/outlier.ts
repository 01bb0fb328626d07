import { outlierShare, outlierTex } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const SIZES = [20, 100];

/** When models don't collapse: the counter-example. */
export const outlier: Entry = {
  id: "outlier",
  title: "Where accumulating fails in one round",
  claim:
    "There is a family of distributions in which a third of the chains collapse in one round although all data are kept, however many there are",
  source: {
    paper:
      "Barzilai & Shamir, arXiv 2505.19046, Theorem 5.1 (read; density reconstructed); the share is derived",
    how: "derived",
  },
  formulas: () => [outlierTex],
  runs: ({ pick }) =>
    SIZES.map(
      (T): Run => ({
        name: `T-${T}`,
        changes: {
          data: { dataset: "rare-outlier", trainItems: T, replicates: pick(2000, 8000) },
        },
        regime: { kind: "accumulate" },
        iterations: 2,
      }),
    ),
  curves: SIZES.map(
    (T): Curve => ({
      id: `T-${T}`,
      run: `T-${T}`,
      label: `Accumulate, T = ${T}`,
      measure: "collapsed",
      exact: (_config, iterations) => atEach(iterations, (n) => (n === 1 ? 0 : outlierShare(T))),
      what: `Accumulate, T = ${T}: share of chains that collapse at iteration 2`,
    }),
  ),
  figure: {
    y: "share of chains that have collapsed",
    baseline: { value: 1 / 3, name: "one third" },
  },
};
