import { medianVariance } from "../../../theory/index";
import { atEach, type Entry } from "./entry";

const N = 11;

/** Universality: another estimator. */
export const medianEntry: Entry = {
  id: "median",
  title: "The same price for another estimator",
  claim:
    "Estimated by the median, a location under Replace has exactly n times the error of one fit, as a mean has; under Accumulate nearly Σ 1/k²",
  source: { paper: "Dey & Donoho, arXiv 2410.22812", how: "read" },
  formulas: () => ["E_n / E_1 = n"],
  runs: ({ pick }) =>
    ["replace", "accumulate"].map((kind) => ({
      name: kind,
      changes: {
        data: { trainItems: N, replicates: pick(1500, 6000) },
        training: { estimator: "median", variance: 1 },
      },
      regime: { kind },
      iterations: pick(8, 12),
    })),
  curves: [
    {
      id: "replace",
      run: "replace",
      label: "Replace",
      measure: "squaredDrift",
      scale: () => 1 / medianVariance(N),
      exact: (_config, iterations) => atEach(iterations, (n) => n),
      what: `median of N = ${N}, Replace: squared error over that of one fit`,
    },
    {
      id: "accumulate",
      run: "accumulate",
      label: "Accumulate (dashes: Σ 1/k², large N)",
      measure: "squaredDrift",
      scale: () => 1 / medianVariance(N),
      // The law is of N → ∞, and 11 is far from it.
      claims: "shown",
      exact: (_config, iterations) =>
        atEach(iterations, (n) =>
          Array.from({ length: n }, (_, k) => 1 / (k + 1) ** 2).reduce((a, b) => a + b),
        ),
      what: `median of N = ${N}, Accumulate`,
    },
  ],
  figure: { y: "squared error ÷ that of one fit", baseline: { value: 1, name: "real data alone" } },
};
