import { z } from "zod";
import { withReadableErrors } from "../../loop/config";
import type { Task } from "../../loop/task";
import type { Batch, Schema } from "../../pool/schema";
import type { Stream } from "../../random/stream";

const Config = z.strictObject({
  data: z.strictObject({
    /** T. */
    trainItems: z.int().min(2),
    testItems: z.int().min(1).default(1000),
  }),
  training: z
    .strictObject({
      /** Divides squares by T ("mle") or by T − 1 ("unbiased"). */
      estimator: z.enum(["mle", "unbiased"]).default("mle"),
      /** Known, so that only the mean is estimated. */
      variance: z.number().positive().optional(),
    })
    .prefault({}),
  /** Factor τ on the variance of samples. */
  sampling: z.strictObject({ temperature: z.number().positive().default(1) }).prefault({}),
});
type Config = z.input<typeof Config>;

const schema: Schema = { x: { dtype: "float64", shape: [] } };

/**
 * The smallest task: fit mean and variance of a 1-d Gaussian, sample, repeat. Real data are N(0, 1).
 * Under replace E[σₙ²] = σ²(1 − 1/T)ⁿ; under accumulate it tends to σ²·sin(π/√T)/(π/√T)
 * (Kazdan et al., arXiv 2410.16713).
 */
export const gaussianTask: Task<Config> = {
  name: "gaussian",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(Config, 'The config of task "gaussian"'),
  module: __filename,
  seededData: true,
  weighted: true,
  schema: () => schema,

  async loadReal({ data: { trainItems, testItems = 1000 } }, { streams }) {
    return {
      train: [draw(streams.get("real"), trainItems, 0, 1)],
      test: [draw(streams.get("test"), testItems, 0, 1)],
      checksums: {},
      description: `${trainItems} draws from N(0, 1)`,
    };
  },

  async fit({ training: { estimator, variance: known } = {} }, view) {
    const { data } = view.range(0, view.length).columns.x;
    let total = 0;
    for (let i = 0; i < data.length; i++) total += view.weight(i);
    let mean = 0;
    for (const [i, x] of data.entries()) mean += (view.weight(i) * x) / total;
    let squares = 0;
    for (const [i, x] of data.entries()) squares += view.weight(i) * (x - mean) ** 2;
    const variance = known ?? squares / (estimator === "unbiased" ? total - 1 : total);
    return { parameters: { shape: [2], data: Float64Array.of(mean, variance) } };
  },

  async *sample({ sampling: { temperature = 1 } = {} }, { parameters }, count, { streams }) {
    const [mean, variance] = parameters.data;
    yield draw(streams.get("sampling"), count, mean, Math.sqrt(temperature * variance));
  },

  /** Curation may choose by x itself, or put draws from the real distribution in. */
  scores: { x: { version: 1, run: (_config, batch) => batch.columns.x.data } },
  edits: {
    "real-draw": {
      version: 1,
      run: (_config, { length }, _given, streamOf) => ({
        length,
        columns: { x: { data: Float64Array.from({ length }, (_, i) => streamOf(i).normal()) } },
      }),
    },
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
