import { windowContraction, windowMean } from "../../../theory/index";
import type { Curve, Entry, Run } from "./entry";

const T = 1200;
const c = 0.5;
const r = 1.5;
const KINDS = [
  { kind: "replace", label: "Replace" },
  { kind: "accumulate", label: "Accumulate" },
] as const;

const kept = (mu: number): number => windowMean({ mu, c, r });

/** Means of models 1 … N for T → ∞: the latest block alone, or all blocks with equal weight. */
function exactMeans(accumulates: boolean, iterations: number): number[] {
  const means = [0];
  while (means.length < iterations) {
    const n = means.length;
    const latest = kept(means[n - 1]);
    means.push(accumulates ? (n * means[n - 1] + latest) / (n + 1) : latest);
  }
  return means;
}

/** Verified retraining. */
export const verifier: Entry = {
  id: "verifier",
  title: "Verified retraining converges to the verifier",
  claim:
    "If a verifier keeps samples within r of its own centre c, the models' mean converges to c, geometrically, and not to the truth",
  source: { paper: "Yi, Liu, Cheng & Xu, arXiv 2510.16657; the map is derived", how: "derived" },
  formulas: () => [windowMean.tex, windowContraction.tex],
  runs({ pick }) {
    const replicates = pick(40, 100);
    return KINDS.map(
      ({ kind }): Run => ({
        name: kind,
        changes: {
          data: { dataset: "selected-gaussian", trainItems: T * replicates, replicates },
          training: { variance: 1 },
        },
        regime: {
          kind: "curated",
          regime: { kind },
          curate: { kind: "window", score: "x", centre: c, radius: r },
        },
        iterations: 6,
      }),
    );
  },
  curves: KINDS.map(
    ({ kind, label }): Curve => ({
      id: kind,
      run: kind,
      label,
      measure: "mean",
      exact: (_config, iterations) => exactMeans(kind === "accumulate", iterations),
      what: `${label}, samples within ${r} of ${c} kept, truth 0: mean of the models`,
    }),
  ),
  figure: {
    y: "mean of the models (truth 0, verifier 0.5)",
    baseline: { value: 0, name: "truth" },
  },
};
