import type { Rows } from "../../data/own/table/choose";
import { withReadableErrors } from "../../loop/config";
import type { RealData, Task } from "../../loop/task";
import { leastSquares, predict } from "../../models/linear/leastSquares";
import type { Block } from "../../pool/block";
import type { View } from "../../pool/view";
import { ownDataNeeded } from "../ownDataNeeded";
import { dimensionOf, type TableConfig, tableConfig } from "./config";
import { REAL_FIT, realFit, squares, storedFit } from "./realFit";

/** Rows sampled at once. */
const CHUNK = 65_536;

/**
 * Linear regression on a table of the user's own, as the paper's model–data loop (§3): least squares, then
 * labels y* = X ŵ + σ̂ ε for the same real X, ε ~ N(0, 1). σ̂² is that of the real rows in every round, as the
 * paper's σ² is the same in all.
 */
export const tableTask: Task<TableConfig> = {
  name: "table",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(tableConfig, 'The config of task "table"'),
  module: __filename,

  schema: (config) => ({
    x: { dtype: "float64", shape: [dimensionOf(config)] },
    y: { dtype: "float64", shape: [] },
  }),

  async loadReal() {
    throw ownDataNeeded();
  },

  async fit(config, view) {
    const { x, y } = valuesOf(view);
    const d = dimensionOf(config);
    return { w: { shape: [d], data: leastSquares({ x, d }, y) } };
  },

  async *sample(config, { w }, count, { streams, real }) {
    if (!real) throw new Error("A table's labels are sampled for its real rows.");
    const d = dimensionOf(config);
    const deviation = Math.sqrt(storedFit(real.artefact).noise);
    const stream = streams.get("label-noise");
    const { length } = real.train;
    for (let done = 0; done < count; ) {
      const from = done % length;
      const to = Math.min(length, from + CHUNK, from + count - done);
      const x = real.train.range(from, to).columns.x.data as Float64Array;
      const y = predict({ x, d }, w.data);
      for (let i = 0; i < y.length; i++) y[i] += deviation * stream.normal();
      yield { length: y.length, columns: { x: { data: x }, y: { data: y } } };
      done += y.length;
    }
  },

  evaluations: {
    /**
     * - `testError`: mean squared error on the held-out real rows, whose labels have variance 1;
     * - `drift`: ‖X (ŵ − ŵ₁)‖² / (σ̂² d), the distance from the fit on real data in units of what the noise of
     *   one round adds.
     */
    "test-error": {
      version: 1,
      async run(config, { weights: { w }, test, real }) {
        const d = dimensionOf(config);
        const { x, y } = valuesOf(test);
        const first = storedFit(real.artefact);
        const train = { x: valuesOf(real.train).x, d };
        const moved = squares(predict(train, w.data), predict(train, first.w));
        return {
          metrics: {
            testError: squares(predict({ x, d }, w.data), y) / y.length,
            drift: moved / (first.noise * d),
          },
        };
      },
    },
    /** `noise`, `leverage`, `meanError` of the {@link RealFit}. */
    "real-rows": {
      version: 1,
      of: "data",
      async run(_config, { real }) {
        const { w: _, ...metrics } = storedFit(real.artefact);
        return { metrics };
      },
    },
  },
};

/** Chosen rows as the task's data. */
export function tableData(train: Rows, test: Rows): Pick<RealData, "train" | "test" | "artefacts"> {
  const batch = ({ x, y }: Rows) => [
    { length: y.length, columns: { x: { data: x }, y: { data: y } } },
  ];
  const fit = Buffer.from(JSON.stringify(realFit(train, test)));
  return { train: batch(train), test: batch(test), artefacts: { [REAL_FIT]: fit } };
}

function valuesOf(items: View | Block): Rows {
  const { x, y } = items.range(0, items.length).columns;
  return { x: x.data as Float64Array, y: y.data as Float64Array };
}
