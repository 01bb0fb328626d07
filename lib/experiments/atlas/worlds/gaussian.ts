import type { Batch } from "../../../pool/schema";
import type { Stream } from "../../../random/stream";
import type { Streams } from "../../../random/streams";
import { parameter, type World } from "./world";

/**
 * A Gaussian, of which the mean and, unless it is known, the variance are fitted. An item is one draw of
 * every replicate.
 */
export const gaussian: World = {
  check({ data, training }) {
    const { estimator, variance } = training;
    if (!["mle", "unbiased", "median"].includes(estimator))
      return `A Gaussian has no estimator "${estimator}": take mle, unbiased or median.`;
    if (estimator === "median" && variance === undefined)
      return "The median is an estimator of the mean: give the variance.";
    if (estimator === "median" && data.trainItems % 2 === 0)
      return `The median needs an odd number of items, not ${data.trainItems}.`;
    return undefined;
  },

  schema: ({ replicates }) => ({ x: { dtype: "float64", shape: [replicates] } }),

  real({ trainItems, replicates, mean }, streams) {
    const centre = new Float64Array(replicates).fill(mean);
    return draw(
      ownStream(streams, "real", mean),
      trainItems,
      centre,
      new Float64Array(replicates).fill(1),
    );
  },

  fit({ data: { replicates: R }, training: { estimator, variance: known } }, view) {
    const x = view.range(0, view.length).columns.x.data;
    const weights = Float64Array.from({ length: view.length }, (_, i) => view.weight(i));
    const total = weights.reduce((a, b) => a + b, 0);
    const mean = new Float64Array(R);
    if (estimator === "median") medians(x, view.length, mean);
    else
      for (let i = 0; i < view.length; i++)
        for (let r = 0; r < R; r++) mean[r] += (weights[i] / total) * x[i * R + r];
    if (known !== undefined)
      return { mean: parameter(mean), variance: parameter(new Float64Array(R).fill(known)) };
    const squares = new Float64Array(R);
    for (let i = 0; i < view.length; i++)
      for (let r = 0; r < R; r++) squares[r] += weights[i] * (x[i * R + r] - mean[r]) ** 2;
    const divisor = estimator === "unbiased" ? total - 1 : total;
    return { mean: parameter(mean), variance: parameter(squares.map((s) => s / divisor)) };
  },

  sample({ data: { trainItems, mean: truth }, sampling }, { mean, variance }, count, streams) {
    const { temperature, extrapolation } = sampling;
    let spread = Float64Array.from(variance.data, (v) => temperature * v);
    if (extrapolation > 0) {
      const own = draw(
        streams.get("auxiliary"),
        trainItems,
        mean.data,
        variance.data.map(Math.sqrt),
      );
      const auxiliary = variances(own, spread.length);
      spread = spread.map((v, r) => v * (v / auxiliary[r]) ** extrapolation);
    }
    return draw(ownStream(streams, "sampling", truth), count, mean.data, spread.map(Math.sqrt));
  },

  measures({ data, training }, { mean, variance }) {
    const drift = Float64Array.from(mean.data, (m) => (m - data.mean) ** 2);
    return {
      mean: mean.data,
      squaredDrift: drift,
      ...(training.variance === undefined
        ? { variance: variance.data, logVariance: Float64Array.from(variance.data, Math.log) }
        : {}),
    };
  },
};

/** Worlds of other means in one run, of one seed, have draws of their own. */
const ownStream = (streams: Streams, purpose: string, mean: number): Stream =>
  streams.get(purpose).at("mean", mean);

/** `count` items x ~ N(centre_r, sd_r²). */
export function draw(
  stream: Stream,
  count: number,
  centre: ArrayLike<number>,
  sd: ArrayLike<number>,
): Batch {
  const R = centre.length;
  const data = stream.normals(new Float64Array(count * R));
  for (let i = 0; i < count; i++)
    for (let r = 0; r < R; r++) data[i * R + r] = centre[r] + sd[r] * data[i * R + r];
  return { length: count, columns: { x: { data } } };
}

/** Variance of each replicate, divisor the items. */
function variances({ length, columns: { x } }: Batch, R: number): Float64Array {
  const mean = new Float64Array(R);
  const squares = new Float64Array(R);
  for (let i = 0; i < length; i++)
    for (let r = 0; r < R; r++) mean[r] += x.data[i * R + r] / length;
  for (let i = 0; i < length; i++)
    for (let r = 0; r < R; r++) squares[r] += (x.data[i * R + r] - mean[r]) ** 2 / length;
  return squares;
}

function medians(x: ArrayLike<number>, items: number, out: Float64Array): void {
  const R = out.length;
  const column = new Float64Array(items);
  for (let r = 0; r < R; r++) {
    for (let i = 0; i < items; i++) column[i] = x[i * R + r];
    column.sort();
    const half = items >> 1;
    out[r] = items % 2 === 1 ? column[half] : (column[half - 1] + column[half]) / 2;
  }
}
