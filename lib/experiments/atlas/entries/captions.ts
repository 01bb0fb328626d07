import { captionVariance } from "../../../theory/index";
import { atEach, type Curve, type Entry } from "./entry";

const SHARES = [0.9, 0.1];
const ITEMS = 50;
const countOf = (k: number): number => Math.round(SHARES[k] * ITEMS);

/** Co-evolving text and images, the text frozen. */
export const captions: Entry = {
  id: "captions",
  title: "Rare captions collapse first",
  claim:
    "If captions stay and images are redrawn from each caption's fitted Gaussian, a caption of n items loses the share 1/n of its variance a round: the rarer, the faster",
  source: { paper: "Gao & Li, arXiv 2503.08117 (statement read); rate derived", how: "derived" },
  formulas: () => [captionVariance.tex],
  runs: ({ pick }) => [
    {
      name: "frozen-text",
      changes: {
        data: {
          dataset: "labelled-gaussians",
          trainItems: ITEMS,
          replicates: pick(1000, 4000),
          probabilities: SHARES,
        },
        sampling: { frozen: "text" },
      },
      regime: { kind: "replace" },
      iterations: pick(8, 12),
    },
  ],
  curves: SHARES.map(
    (_share, k): Curve => ({
      id: `items-${countOf(k)}`,
      run: "frozen-text",
      label: `caption of ${countOf(k)} items`,
      measure: `variance${k}`,
      exact: (_config, iterations) =>
        atEach(iterations, (n) => captionVariance({ items: countOf(k), n })),
      what: `caption of ${countOf(k)} items, Replace: variance over the true one`,
    }),
  ),
  figure: { y: "fitted variance ÷ true variance", baseline: { value: 1, name: "truth" } },
};
