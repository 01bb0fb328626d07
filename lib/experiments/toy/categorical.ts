import { z } from "zod";
import { withReadableErrors } from "../../loop/config";
import type { Task } from "../../loop/task";
import type { Batch, Schema } from "../../pool/schema";
import type { Stream } from "../../random/stream";

const Config = z.strictObject({
  data: z.strictObject({
    /** p of outcomes 0 … K − 1; normalised. */
    probabilities: z.array(z.number().nonnegative()).min(2),
    /** T. */
    trainItems: z.int().min(1),
    testItems: z.int().min(1).default(1),
  }),
});
type Config = z.input<typeof Config>;

const schema: Schema = { outcome: { dtype: "int32", shape: [] } };

/**
 * Outcomes with probabilities: fit their shares, sample, repeat. Under replace this is the
 * Wright–Fisher model of genetic drift, under accumulate a Pólya urn.
 *
 * `missing` is the share of the true probability of outcomes that the model has lost; `p0` … are the
 * model's probabilities.
 */
export const categoricalTask: Task<Config> = {
  name: "categorical",
  version: { data: 1, fit: 1, sample: 1 },
  config: withReadableErrors(Config, 'The config of task "categorical"'),
  module: __filename,
  seededData: true,
  weighted: true,
  schema: () => schema,

  async loadReal({ data: { probabilities, trainItems, testItems = 1 } }, { streams }) {
    return {
      train: [draw(streams.get("real"), trainItems, probabilities)],
      test: [draw(streams.get("test"), testItems, probabilities)],
      checksums: {},
      description: `${trainItems} draws from ${probabilities.length} outcomes`,
    };
  },

  async fit({ data: { probabilities } }, view) {
    const counts = new Float64Array(probabilities.length);
    const { data } = view.range(0, view.length).columns.outcome;
    for (const [i, outcome] of data.entries()) counts[outcome] += view.weight(i);
    const total = counts.reduce((a, b) => a + b, 0);
    return { p: { shape: [counts.length], data: counts.map((count) => count / total) } };
  },

  async *sample(_config, { p }, count, { streams }) {
    yield draw(streams.get("sampling"), count, p.data);
  },

  /** Curation may choose by where the outcome stands, 0 … 1. */
  scores: {
    position: {
      version: 1,
      run: ({ data: { probabilities } }, { columns: { outcome } }) =>
        Float64Array.from(outcome.data, (k) => k / (probabilities.length - 1)),
    },
  },

  evaluations: {
    probabilities: {
      version: 1,
      async run({ data: { probabilities } }, { weights: { p } }) {
        const total = probabilities.reduce((a, b) => a + b, 0);
        let missing = 0;
        for (const [k, share] of probabilities.entries())
          if (p.data[k] === 0) missing += share / total;
        const metrics = Object.fromEntries(Array.from(p.data, (share, k) => [`p${k}`, share]));
        return { metrics: { missing, ...metrics } };
      },
    },
  },
};

function draw(stream: Stream, count: number, probabilities: ArrayLike<number>): Batch {
  let total = 0;
  const sums = Float64Array.from(probabilities, (p) => (total += p));
  const data = Int32Array.from({ length: count }, () => {
    const mass = stream.uniform() * total;
    return sums.findIndex((sum) => sum > mass);
  });
  return { length: count, columns: { outcome: { data } } };
}
