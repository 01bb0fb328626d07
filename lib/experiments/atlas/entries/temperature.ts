import {
  temperedAccumulateVariance,
  temperedReplaceVariance,
  temperedShareLimit,
} from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const TAUS = [0.3, 0.7, 1.2];
const T = 100;

/** Biased sampling. */
export const temperature: Entry = {
  id: "temperature",
  title: "Accumulating does not save biased sampling",
  claim:
    "Sampled at a temperature τ other than 1, a Gaussian's variance goes to 0 or to ∞ also under Accumulate, as the power law n^(τ−1) instead of τⁿ",
  source: {
    paper:
      "Marchi et al., arXiv 2404.02325 (end of the closed loop); the law under Accumulate is derived",
    how: "derived",
  },
  formulas: () => [
    temperedReplaceVariance.tex,
    temperedAccumulateVariance.tex,
    temperedShareLimit.tex,
  ],
  runs: ({ pick }) =>
    TAUS.flatMap((tau): Run[] => {
      const changes = {
        data: { trainItems: T, replicates: pick(300, 2000) },
        training: {},
        sampling: { temperature: tau },
      };
      const iterations = pick(10, 40);
      return [
        { name: `accumulate-${tau}`, changes, regime: { kind: "accumulate" }, iterations },
        ...(tau === 0.7
          ? [
              {
                name: `replace-${tau}`,
                changes,
                regime: { kind: "replace" },
                iterations: pick(8, 20),
              },
            ]
          : []),
      ];
    }),
  curves: [
    ...TAUS.map(
      (tau): Curve => ({
        id: `accumulate-${tau}`,
        run: `accumulate-${tau}`,
        label: `Accumulate, τ = ${tau}`,
        measure: "variance",
        exact: (_config, iterations) =>
          atEach(iterations, (n) => temperedAccumulateVariance({ T, sigma2: 1, tau, n })),
        what: `Accumulate at τ = ${tau}: fitted variance over the true one`,
      }),
    ),
    {
      id: "replace-0.7",
      run: "replace-0.7",
      label: "Replace, τ = 0.7",
      measure: "variance",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => temperedReplaceVariance({ T, sigma2: 1, tau: 0.7, n })),
      what: "Replace at τ = 0.7: fitted variance over the true one",
    },
  ],
  figure: {
    y: "fitted variance ÷ true variance",
    log: true,
    baseline: { value: 1, name: "truth" },
  },
};
