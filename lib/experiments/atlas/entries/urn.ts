import { urnVariance, wrightFisherVariance } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const N = 50;
const p = 0.1;
const CASES = [
  ["replace", "Replace (Wright–Fisher)", wrightFisherVariance],
  ["accumulate", "Accumulate (Pólya urn)", urnVariance],
] as const;

/** Who is right about the long run: a share's variance. */
export const urn: Entry = {
  id: "urn",
  title: "A finite pool that accumulates does not collapse",
  claim:
    "A symbol's share under Accumulate is a Pólya urn whose variance stays below π²/6 times that of one fit, while under Replace it grows until one symbol is left",
  source: {
    paper: "against Wang et al., arXiv 2412.14872 (collapse after sufficient time); form derived",
    how: "derived",
  },
  formulas: () => [wrightFisherVariance.tex, urnVariance.tex],
  runs: ({ pick }) =>
    CASES.map(
      ([kind]): Run => ({
        name: kind,
        changes: {
          data: {
            dataset: "categorical",
            trainItems: N,
            replicates: pick(1000, 5000),
            probabilities: [p, 1 - p],
          },
          training: {},
        },
        regime: { kind },
        iterations: pick(10, 30),
      }),
    ),
  curves: CASES.map(
    ([kind, label, of]): Curve => ({
      id: kind,
      run: kind,
      label,
      measure: "firstSquaredDrift",
      scale: () => N / (p * (1 - p)),
      exact: (_config, iterations) =>
        atEach(iterations, (n) => (of({ N, p, n }) * N) / (p * (1 - p))),
      what: `${label}, N = ${N}, p = ${p}: variance of the share over that of one fit`,
    }),
  ),
  figure: {
    y: "variance of the share ÷ that of one fit",
    baseline: { value: 1, name: "real data alone" },
  },
};
