import { missingMassBounds, tailTex } from "../../../theory/index";
import { atEach, type Curve, type Entry } from "./entry";

const SYMBOLS = 500;
const N = 500;
const ZIPF = 1.2;
const weights = Array.from({ length: SYMBOLS }, (_, i) => (i + 1) ** -ZIPF);
const total = weights.reduce((a, b) => a + b, 0);
const p = weights.map((w) => w / total);

const bound = (side: "low" | "high", claims: Curve["claims"] & string): Curve => ({
  id: side,
  run: "replace",
  label: side === "high" ? "measured; tail of N·gₙ real draws" : "measured; lower bound",
  measure: "missing",
  claims,
  exact: (_config, iterations) => atEach(iterations, (n) => missingMassBounds({ p, N, n })[side]),
  what: `Zipf ${ZIPF}, ${SYMBOLS} symbols, N = ${N}: probability of the symbols that are gone`,
});

/** A tale of tails. */
export const tail: Entry = {
  id: "tail",
  title: "Each round of Replace cuts the tail",
  claim:
    "After n rounds of Replace the tail is that of N gₙ real samples, about 2N/n: the missing mass stays at or just under Σ pᵢ exp(−N gₙ pᵢ)",
  source: {
    paper:
      "Dohmatob et al., arXiv 2402.07043; bounds of Suresh et al., arXiv 2412.17646; effective size derived",
    how: "derived",
  },
  formulas: () => [tailTex],
  runs: ({ pick }) =>
    ["replace", "accumulate"].map((kind) => ({
      name: kind,
      changes: {
        data: {
          ...{ dataset: "categorical", trainItems: N, replicates: pick(60, 200) },
          probabilities: weights,
        },
      },
      regime: { kind },
      iterations: pick(8, 12),
    })),
  curves: [
    bound("high", "not-above"),
    bound("low", "not-below"),
    {
      id: "accumulate",
      run: "accumulate",
      label: "Accumulate; tail of N real draws",
      measure: "missing",
      // What the real data lack is never sampled, and what they have is never lost.
      exact: (_config, iterations) =>
        atEach(iterations, () => p.reduce((sum, each) => sum + each * (1 - each) ** N, 0)),
      what: `Zipf ${ZIPF}, ${SYMBOLS} symbols, N = ${N}, Accumulate: probability of the symbols that are gone`,
    },
  ],
  figure: {
    y: "true probability of the symbols that are gone",
    baseline: { value: 0, name: "truth" },
  },
};
