import {
  gaussianAccumulateDrift,
  gaussianAccumulateVariance,
  gaussianAccumulateVarianceUnbiased,
  gaussianMultipleVariance,
  gaussianReplaceVariance,
} from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const T = 10;
const at = (n: number) => ({ T, sigma2: 1, n });

interface Case {
  readonly run: string;
  readonly label: string;
  readonly kind: string;
  readonly estimator?: "unbiased";
  readonly of: (values: { T: number; sigma2: number; n: number }) => number;
}

const CASES: readonly Case[] = [
  { run: "replace", label: "Replace", kind: "replace", of: gaussianReplaceVariance },
  {
    run: "replace-multiple",
    label: "Replace-Multiple",
    kind: "replace-multiple",
    of: gaussianMultipleVariance,
  },
  { run: "accumulate", label: "Accumulate", kind: "accumulate", of: gaussianAccumulateVariance },
  {
    run: "accumulate-unbiased",
    label: "Accumulate, divisor nT − 1",
    kind: "accumulate",
    estimator: "unbiased",
    of: gaussianAccumulateVarianceUnbiased,
  },
];

/** Collapse or Thrive: variance and drift of a Gaussian fitted to its own draws. */
export const gaussianVariance: Entry = {
  id: "gaussian-variance",
  title: "A Gaussian fitted to its own draws",
  claim:
    "Under Replace a fitted Gaussian's variance goes to 0 and under Replace-Multiple as a power law; under Accumulate it stays above sin(π/√T)/(π/√T)",
  source: { paper: "Kazdan et al., Collapse or Thrive?, arXiv 2410.16713", how: "read" },
  formulas: () => [
    gaussianReplaceVariance.tex,
    gaussianMultipleVariance.tex,
    gaussianAccumulateVariance.tex,
    gaussianAccumulateVarianceUnbiased.tex,
  ],
  runs: ({ pick }) =>
    CASES.map(
      ({ run, kind, estimator }): Run => ({
        name: run,
        changes: {
          data: { trainItems: T, replicates: pick(1000, 8000) },
          training: estimator ? { estimator } : {},
        },
        regime: { kind },
        iterations: pick(10, 20),
      }),
    ),
  curves: [
    ...CASES.map(
      ({ run, label, of }): Curve => ({
        id: run,
        run,
        label,
        measure: "variance",
        exact: (_config, iterations) => atEach(iterations, (n) => of(at(n))),
        what: `${label}, T = ${T}: fitted variance over the true one`,
      }),
    ),
    {
      id: "accumulate-drift",
      run: "accumulate",
      label: "Accumulate: squared drift of the mean",
      measure: "squaredDrift",
      exact: (_config, iterations) => atEach(iterations, (n) => gaussianAccumulateDrift(at(n))),
      what: `Accumulate, T = ${T}: squared drift of the mean over the true variance`,
    },
  ],
  figure: { y: "fitted variance ÷ true variance", baseline: { value: 1, name: "truth" } },
};
