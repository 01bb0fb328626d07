import { gaussianExtrapolatedLogVariance } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const OMEGAS = [0, 0.5, 1];
const T = 20;

/** SIMS. */
export const extrapolation: Entry = {
  id: "extrapolation",
  title: "Sampling away from one's own samples",
  claim:
    "Sampling with the score (1 + ω) s − ω s_aux, aux fitted to own samples, undoes at ω = 1 what each round of Replace takes",
  source: {
    paper: "Alemohammad et al. (SIMS), arXiv 2408.16333; Gaussian core derived",
    how: "derived",
  },
  formulas: () => [gaussianExtrapolatedLogVariance.tex],
  runs: ({ pick }) =>
    OMEGAS.map(
      (omega): Run => ({
        name: `omega-${omega}`,
        changes: {
          data: { trainItems: T, replicates: pick(500, 4000) },
          training: {},
          sampling: { extrapolation: omega },
        },
        regime: { kind: "replace" },
        iterations: pick(10, 30),
      }),
    ),
  curves: OMEGAS.map(
    (omega): Curve => ({
      id: `omega-${omega}`,
      run: `omega-${omega}`,
      label: `ω = ${omega}`,
      measure: "logVariance",
      exact: (_config, iterations) =>
        atEach(iterations, (n) => gaussianExtrapolatedLogVariance({ T, omega, n })),
      what: `Replace, ω = ${omega}, T = ${T}: mean log variance`,
    }),
  ),
  figure: { y: "mean log of the fitted variance", baseline: { value: 0, name: "truth" } },
};
