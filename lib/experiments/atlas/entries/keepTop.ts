import { keepTopMean, keepTopVariance } from "../../../theory/index";
import { atEach, type Entry } from "./entry";

const T = 1200;
const q = 0.5;

/** Truncation curation. */
export const keepTop: Entry = {
  id: "keep-top",
  title: "Keeping the best half ends variety",
  claim:
    "Keeping the best share q of a Gaussian's samples moves its mean by a limited distance and multiplies its variance by a factor below one every round: 0.363 at q = ½",
  source: {
    paper:
      "breeder's equation, the core of selection loops (Yoon et al., arXiv 2407.17493); derived",
    how: "derived",
  },
  formulas: () => [keepTopVariance.tex, keepTopMean.tex],
  runs({ pick }) {
    const replicates = pick(40, 100);
    return [
      {
        name: "half",
        changes: { data: { dataset: "selected-gaussian", trainItems: T * replicates, replicates } },
        regime: {
          kind: "curated",
          regime: { kind: "replace" },
          curate: { kind: "keep-top", share: q, score: "standardised" },
        },
        iterations: 6,
      },
    ];
  },
  curves: [
    {
      id: "mean",
      run: "half",
      label: "mean, in sd of the real data",
      measure: "mean",
      exact: (_config, iterations) => atEach(iterations, (n) => keepTopMean({ q, n })),
      what: "best half kept: mean in standard deviations of the real data",
    },
    {
      id: "variance",
      run: "half",
      label: "variance",
      measure: "variance",
      exact: (_config, iterations) => atEach(iterations, (n) => keepTopVariance({ q, n })),
      what: "best half kept: variance over that of the real data",
    },
  ],
  figure: {
    y: "mean, variance (units of the real data)",
    baseline: { value: 1, name: "variance of real data" },
  },
};
