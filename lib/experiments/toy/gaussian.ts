import { z } from "zod";
import type { Task } from "../../loop/task";
import type { Batch, Schema } from "../../pool/schema";
import type { Stream } from "../../random/stream";

const Config = z.strictObject({ items: z.number().int().min(2) });
type Config = z.infer<typeof Config>;

const schema: Schema = { x: { dtype: "float64", shape: [] } };

/**
 * The smallest task: fit mean and variance of a 1-d Gaussian (maximum likelihood), sample, repeat.
 * Under replace E[σₙ²] = σ²(1 − 1/T)ⁿ; under accumulate it tends to σ²·sin(π/√T)/(π/√T)
 * (Kazdan et al., arXiv 2410.16713).
 */
export const gaussianTask: Task<Config> = {
  name: "gaussian",
  version: { data: 1, fit: 1, sample: 1 },
  config: Config,
  module: __filename,
  seededData: true,
  schema: () => schema,

  async loadReal({ items }, { streams }) {
    return {
      train: [draw(streams.get("real"), items, 0, 1)],
      test: [draw(streams.get("test"), 1000, 0, 1)],
      checksums: {},
      description: `${items} draws from N(0, 1)`,
    };
  },

  async fit(_config, view) {
    const { data } = view.range(0, view.length).columns.x;
    let mean = 0;
    for (const x of data) mean += x / data.length;
    let variance = 0;
    for (const x of data) variance += (x - mean) ** 2 / data.length;
    return { parameters: { shape: [2], data: Float64Array.of(mean, variance) } };
  },

  async *sample(_config, { parameters }, count, { streams }) {
    yield draw(streams.get("sampling"), count, parameters.data[0], Math.sqrt(parameters.data[1]));
  },

  evaluations: {
    "test-loss": {
      version: 1,
      async run(_config, { weights: { parameters }, test }) {
        const [mean, variance] = parameters.data;
        let loss = 0;
        for (const x of test.range(0, test.length).columns.x.data)
          loss += (Math.log(2 * Math.PI * variance) + (x - mean) ** 2 / variance) / 2 / test.length;
        return { metrics: { loss, mean, variance } };
      },
    },
  },
};

function draw(stream: Stream, count: number, mean: number, sd: number): Batch {
  const data = stream.normals(new Float64Array(count)).map((z) => mean + sd * z);
  return { length: count, columns: { x: { data } } };
}
