import { weakLabelsError } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const START = 0.6;
const BETAS = [0.1, 0.3];

/** The strength of weak data. */
export const weakLabeller: Entry = {
  id: "weak-labeller",
  title: "A weak labeller is enough if it is asked for the wrong ones",
  claim:
    "A labeller who puts a wrong answer right with chance β, asked for the wrong ones alone, leaves e₀(1 − β)^(n−1): log(1/ε)/β rounds to an error of ε",
  source: {
    paper: "Amin et al., arXiv 2502.08924 (rounds, read); law of the toy derived",
    how: "derived",
  },
  formulas: () => [weakLabelsError.tex],
  runs: ({ pick }) =>
    BETAS.map(
      (beta): Run => ({
        name: `beta-${beta}`,
        changes: {
          data: {
            dataset: "weak-labels",
            trainItems: 50,
            replicates: pick(500, 2000),
            realShare: 1 - START,
          },
          sampling: { editShare: beta },
        },
        regime: { kind: "replace" },
        iterations: pick(8, 15),
      }),
    ),
  curves: BETAS.map(
    (beta): Curve => ({
      id: `beta-${beta}`,
      run: `beta-${beta}`,
      label: `β = ${beta}`,
      measure: "error",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => weakLabelsError({ epsilon: START, beta, n })),
      what: `β = ${beta}: share of wrong answers`,
    }),
  ),
  figure: {
    y: "share of wrong answers",
    log: true,
    baseline: { value: START, name: "without a labeller" },
  },
};
