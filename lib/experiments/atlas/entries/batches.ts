import { batchEstimateVariances, batchTex, markedEstimateVariance } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run } from "./entry";

const N = 100;
const p = 0.5;
const alpha = 0.5;

/** Provenance-aware estimation. */
export const batches: Entry = {
  id: "batches",
  title: "Real data that nobody marked are worth their share squared",
  claim:
    "If a share α of every round's N items is real but unmarked, an estimate that knows α reaches the precision of Σ N α² real items; marked, of Σ N α",
  source: { paper: "Kanabar & Gastpar, arXiv 2501.19273", how: "read" },
  formulas: () => [batchTex, markedEstimateVariance.tex],
  runs: ({ pick }) =>
    ["batch", "marked"].map((estimator): Run => {
      const iterations = pick(6, 12);
      return {
        name: estimator,
        changes: {
          data: {
            ...{ dataset: "categorical", probabilities: [p, 1 - p], replicates: pick(800, 3000) },
            trainItems: N + (iterations - 1) * alpha * N,
          },
          training: { estimator, roundItems: N },
        },
        regime: { kind: "accumulate-fresh", share: alpha, items: N },
        iterations,
      };
    }),
  curves: [
    curve("batch", "unmarked", (n) => batchEstimateVariances({ N, p, alpha, n })),
    curve("marked", "marked", (iterations) =>
      atEach(iterations, (n) => markedEstimateVariance({ N, p, alpha, n })),
    ),
  ],
  figure: {
    y: "variance of the share ÷ that of one fit",
    log: true,
    baseline: { value: 1, name: "first real data alone" },
  },
};

function curve(run: string, label: string, variances: (iterations: number) => number[]): Curve {
  const scale = N / (p * (1 - p));
  return {
    id: run,
    run,
    label: `real items ${label}`,
    measure: "firstSquaredDrift",
    scale: () => scale,
    exact: (_config, iterations) => variances(iterations).map((variance) => variance * scale),
    what: `α = ${alpha}, N = ${N}, real items ${label}: variance of the estimate over that of one fit`,
  };
}
