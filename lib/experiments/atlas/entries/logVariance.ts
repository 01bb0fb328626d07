import {
  gaussianGrowingLogVariance,
  gaussianReplaceLogVariance,
  gaussianReplaceLogVarianceUnbiased,
} from "../../../theory/index";
import { atEach, type Entry } from "./entry";

const T = 10;
/** Samples of round 1 where rounds grow. */
const FIRST = 5;

/** Where the mean is carried by paths that nobody draws: the logarithm. */
export const logVariance: Entry = {
  id: "log-variance",
  title: "An unbiased variance collapses too",
  claim:
    "Under Replace every path's variance goes to 0, also with an unbiased estimator whose mean is right for ever; rounds that grow faster than n stop it",
  source: {
    paper:
      "Suresh et al., arXiv 2412.17646 (bound); Xu, He & Cheng, arXiv 2505.13947 (growing rounds); forms derived",
    how: "derived",
  },
  formulas: () => [
    gaussianReplaceLogVariance.tex,
    gaussianReplaceLogVarianceUnbiased.tex,
    gaussianGrowingLogVariance.tex,
  ],
  runs({ pick }) {
    const replicates = pick(500, 4000);
    const data = { trainItems: T, replicates };
    const unbiased = { estimator: "unbiased" };
    const grown = { trainItems: FIRST, replicates: pick(300, 2000) };
    return [
      {
        name: "mle",
        changes: { data, training: {} },
        regime: { kind: "replace" },
        iterations: pick(10, 40),
      },
      {
        name: "unbiased",
        changes: { data, training: unbiased },
        regime: { kind: "replace" },
        iterations: pick(10, 40),
      },
      {
        name: "growing",
        changes: { data: grown, training: unbiased },
        regime: { kind: "replace-growing", exponent: 2 },
        iterations: pick(10, 15),
      },
    ];
  },
  curves: [
    {
      id: "mle",
      run: "mle",
      label: "Replace, divisor T",
      measure: "logVariance",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => gaussianReplaceLogVariance({ T, n })),
      what: `Replace with divisor T = ${T}: mean log variance`,
    },
    {
      id: "unbiased",
      run: "unbiased",
      label: "Replace, divisor T − 1",
      measure: "logVariance",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => gaussianReplaceLogVarianceUnbiased({ T, n })),
      what: `Replace with divisor T − 1, T = ${T}: mean log variance`,
    },
    {
      id: "growing",
      run: "growing",
      label: `rounds of ${FIRST}n², unbiased`,
      measure: "logVariance",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => gaussianGrowingLogVariance({ T: FIRST, a: 2, n })),
      what: `rounds of ${FIRST}n² samples, unbiased: mean log variance`,
    },
  ],
  figure: { y: "mean log of the fitted variance", baseline: { value: 0, name: "truth" } },
};
