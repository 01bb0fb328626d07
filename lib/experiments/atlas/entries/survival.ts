import { survivalBound, survivalChances } from "../../../theory/index";
import { atEach, type Entry } from "./entry";

const N = 100;
const p = 0.02;

/** Rate of model collapse. */
export const survival: Entry = {
  id: "survival",
  title: "How long a rare symbol is left",
  claim:
    "Under Replace a symbol of probability p is still there after n rounds with a probability of at least 1 − exp(−N p gₙ), gₙ about 2/n, and nearly that",
  source: { paper: "Suresh, Thangaraj & Khandavally, arXiv 2412.17646, Theorem 1", how: "read" },
  formulas: () => [survivalBound.tex],
  runs: ({ pick }) => [
    {
      name: "replace",
      changes: {
        data: {
          dataset: "categorical",
          trainItems: N,
          replicates: pick(1000, 5000),
          probabilities: [p, 1 - p],
        },
        training: {},
      },
      regime: { kind: "replace" },
      iterations: pick(12, 40),
    },
  ],
  curves: [
    {
      id: "exact",
      run: "replace",
      label: "measured; exact chain",
      measure: "firstLeft",
      exact: (_config, iterations) => survivalChances({ N, p, n: iterations }),
      what: `N = ${N}, p = ${p}: share of chains that still have the symbol, against the exact Wright–Fisher chain`,
    },
    {
      id: "bound",
      run: "replace",
      label: "measured; Theorem 1's lower bound",
      measure: "firstLeft",
      claims: "not-below",
      exact: (_config, iterations) => atEach(iterations, (n) => survivalBound({ N, p, n })),
      what: `N = ${N}, p = ${p}: share of chains that still have the symbol, against the lower bound`,
    },
  ],
  figure: {
    y: "share of chains that still have the symbol",
    baseline: { value: 1, name: "real data in every round" },
  },
};
