import { detectedShare, detectedShareDrawn } from "../../../theory/index";
import type { Curve, Entry, Run } from "./entry";

const ALPHA = 0.3;
const Q = 0.8;
const POWER = 10;
/** The block has 1.5 times as many items as samples, from 3 copies of each: half of the copies. */
const DRAWN = 0.5;
const ACCURACIES = [0.5, 0.7, 0.9];

const exactShare = (accuracy: number): number =>
  detectedShareDrawn({ alpha: ALPHA, accuracy, q: Q, power: POWER }, DRAWN);

/** Detector resampling. */
export const detector: Entry = {
  id: "detector",
  title: "A detector brings real data back as far as it is right",
  claim:
    "Resampling with weights (1 − q)^10 raises the share of real items by as much as the detector's errors allow, and not at all if it guesses",
  source: {
    paper: "rule of Drayson, Yilmaz & Lampos, arXiv 2502.15654 (read in their code); share derived",
    how: "derived",
  },
  formulas: () => [detectedShare.tex],
  runs: ({ pick }) =>
    ACCURACIES.map((accuracy): Run => {
      const replicates = pick(100, 300);
      return {
        name: `accuracy-${accuracy}`,
        changes: {
          data: { dataset: "detected", trainItems: 600 * replicates, replicates, realShare: ALPHA },
          sampling: { detector: { accuracy, q: Q } },
        },
        regime: {
          kind: "curated",
          regime: { kind: "replace" },
          curate: { kind: "resample", detector: "detector", power: POWER, factor: 1.5, repeats: 3 },
        },
        iterations: 2,
      };
    }),
  curves: ACCURACIES.map(
    (accuracy): Curve => ({
      id: `accuracy-${accuracy}`,
      run: `accuracy-${accuracy}`,
      label: `detector right ${100 * accuracy} % of the time`,
      measure: "realShare",
      exact: (_config, n) => [1, ...Array<number>(n - 1).fill(exactShare(accuracy))],
      what: `${100 * ALPHA} % real before, detector right ${100 * accuracy} % of the time: share of real items after`,
    }),
  ),
  figure: { y: "share of real items", baseline: { value: ALPHA, name: "without a detector" } },
};
