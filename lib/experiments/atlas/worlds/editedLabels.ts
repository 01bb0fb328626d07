import { chainStreams } from "../../../random/chainStreams";
import { draw } from "./gaussian";
import { parameter, type World } from "./world";

/**
 * Labels of known noise about one number, of which a share is resampled in every round (ToEdit). The
 * model is their mean; it carries the labels, since the next ones are edits of them. An item is one label
 * of every replicate.
 */
export const editedLabels: World = {
  schema: ({ replicates }) => ({ x: { dtype: "float64", shape: [replicates] } }),

  real: ({ trainItems, replicates }, streams) =>
    draw(
      streams.get("real"),
      trainItems,
      new Float64Array(replicates),
      new Float64Array(replicates).fill(1),
    ),

  fit({ data: { replicates: R } }, view) {
    const labels = Float64Array.from(view.range(0, view.length).columns.x.data);
    const mean = new Float64Array(R);
    for (let i = 0; i < labels.length; i++) mean[i % R] += labels[i] / view.length;
    return { mean: parameter(mean), labels: parameter(labels, view.length, R) };
  },

  sample(config, { mean, labels }, count, streams) {
    const { editShare, edits } = config.sampling;
    const R = mean.data.length;
    const before =
      edits === "real"
        ? editedLabels.real(config.data, chainStreams(streams)).columns.x.data
        : labels.data;
    const choice = streams.get("choice");
    const noise = streams.get("sampling");
    const data = Float64Array.from({ length: count * R }, (_, i) =>
      choice.uniform() < editShare ? mean.data[i % R] + noise.normal() : before[i],
    );
    return { length: count, columns: { x: { data } } };
  },

  measures: (_config, { mean }) => ({ squaredDrift: Float64Array.from(mean.data, (m) => m * m) }),
};
