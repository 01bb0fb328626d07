import type { Batch } from "../../../pool/schema";
import { parameter, type World } from "./world";

/** Where the narrow component lies. */
const [LOW, HIGH] = [2, 3];
/** α once a point of the narrow component was seen: the largest there is. */
const LARGEST = 0.25;

/**
 * Barzilai & Shamir's family (arXiv 2505.19046, Theorem 5.1), reconstructed: (1−α) U[0, 1−2α] + α U[μ,
 * μ+f(α)], μ in [2, 3], f so small that one point there takes all of the likelihood. The truth is α = 0.
 * Maximum likelihood without such a point: α̂ = (1 − max x)/2. An item is one draw of every replicate.
 */
export const rareOutlier: World = {
  schema: ({ replicates }) => ({ x: { dtype: "float64", shape: [replicates] } }),

  real({ trainItems, replicates }, streams) {
    const stream = streams.get("real");
    const data = Float64Array.from({ length: trainItems * replicates }, () => stream.uniform());
    return { length: trainItems, columns: { x: { data } } };
  },

  fit({ data: { replicates: R } }, view) {
    const { data } = view.range(0, view.length).columns.x;
    const [largest, outlier] = [0, 0].map(() => new Float64Array(R));
    for (let i = 0; i < data.length; i++)
      if (data[i] >= LOW) outlier[i % R] = data[i];
      else largest[i % R] = Math.max(largest[i % R], data[i]);
    const alpha = largest.map((most, r) => (outlier[r] > 0 ? LARGEST : (1 - most) / 2));
    return { alpha: parameter(alpha), outlier: parameter(outlier) };
  },

  sample(_config, { alpha, outlier }, count, streams): Batch {
    const stream = streams.get("sampling");
    const R = alpha.data.length;
    const data = Float64Array.from({ length: count * R }, (_, i) => {
      const a = alpha.data[i % R];
      if (stream.uniform() >= a) return stream.uniform() * (1 - 2 * a);
      return outlier.data[i % R] || LOW + stream.uniform() * (HIGH - LOW);
    });
    return { length: count, columns: { x: { data } } };
  },

  measures: (_config, { outlier }) => ({
    collapsed: Float64Array.from(outlier.data, (point) => Number(point > 0)),
  }),
};
