import { withReadableErrors } from "../../loop/config";
import type { Task } from "../../loop/task";
import { leastSquares, predict, ridge } from "../../models/linear/leastSquares";
import { chainStreams } from "../../random/chainStreams";
import { type LinearConfig, linearConfig } from "./config";
import { drawDesign, label, linearSchema, realDesign, repeatRows, truth } from "./world";

/** Rows of a sampled chunk; bounds memory, not results. */
const CHUNK = 65536;

/**
 * Linear regression as the paper's model–data loop (§3): fit by pseudo-inverse, sample labels on
 * the same X (or a fresh one) from the fitted model plus noise.
 */
export const linearTask: Task<LinearConfig> = {
  name: "linear",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(linearConfig, 'The config of task "linear"'),
  module: __filename,
  seededData: true,

  schema: linearSchema,

  async loadReal(config, { streams }) {
    const ofChain = chainStreams(streams);
    const w = truth(config, ofChain);
    const { d, trainItems, testItems, sigma2 } = config.data;
    const test = drawDesign(config, testItems, ofChain.get("test-design"));
    return {
      train: [label(realDesign(config, ofChain), w, sigma2, ofChain.get("label-noise"))],
      test: [label(test, w, 0, ofChain.get("test-noise"))],
      checksums: {},
      description: `generated: y = x·w* + ε, d = ${d}, T = ${trainItems}, σ² = ${sigma2}`,
    };
  },

  async fit({ data: { d }, training }, view) {
    const { x, y } = view.range(0, view.length).columns;
    const design = { x: x.data as Float64Array, d };
    const labels = y.data as Float64Array;
    const lambda = training.ridge;
    const w = lambda > 0 ? ridge(design, labels, lambda) : leastSquares(design, labels);
    return { w: { shape: [d], data: w } };
  },

  async *sample(config, { w }, count, { streams }) {
    const { d } = config.data;
    const { freshX, sigma2 } = config.sampling;
    const design = freshX
      ? drawDesign(config, count, streams.get("design"))
      : repeatRows(realDesign(config, streams), count);
    const noise = streams.get("label-noise");
    for (let from = 0; from < count; from += CHUNK) {
      const x = design.x.subarray(from * d, Math.min(count, from + CHUNK) * d);
      yield label({ x, d }, w.data, sigma2, noise);
    }
  },

  evaluations: {
    /** `testError`: exact ‖w − w*‖²_Σ. `sampledError`: mean (x·w − y)² over the held-out items. */
    "test-error": {
      version: 1,
      async run({ data }, { weights: { w }, test }, { streams }) {
        const { d, covariance } = data;
        const target = truth({ data }, streams);
        let testError = 0;
        for (let j = 0; j < d; j++)
          testError += (covariance[j] ?? 1) * (w.data[j] - target[j]) ** 2;
        const { x, y } = test.range(0, test.length).columns;
        const guess = predict({ x: x.data as Float64Array, d }, w.data);
        let sampledError = 0;
        for (let t = 0; t < guess.length; t++) sampledError += (guess[t] - y.data[t]) ** 2;
        return { metrics: { testError, sampledError: sampledError / guess.length } };
      },
    },
  },
};
