import type { Batch } from "../../../pool/schema";
import type { Stream } from "../../../random/stream";
import { batchShares } from "./batchShares";
import { parameter, type World } from "./world";

/**
 * Outcomes whose probabilities are fitted as shares: the Wright–Fisher model under replace, a Pólya urn
 * under accumulate. An item is one draw of every replicate.
 */
export const categorical: World = {
  check({ data: { probabilities }, training: { estimator, roundItems } }) {
    if (!probabilities) return "Outcomes need `probabilities`.";
    if (estimator === "unbiased" || estimator === "median")
      return `Shares have no estimator "${estimator}": take mle, batch, marked or pooled.`;
    if (estimator !== "mle" && roundItems === undefined)
      return `The estimator "${estimator}" needs \`roundItems\`, the items of a round.`;
    return undefined;
  },

  schema: ({ replicates }) => ({ outcome: { dtype: "uint16", shape: [replicates] } }),

  real({ trainItems, replicates, probabilities }, streams) {
    const p = normalised(probabilities!);
    const all = Float64Array.from({ length: replicates * p.length }, (_, i) => p[i % p.length]);
    return draw(streams.get("real"), trainItems, all, replicates);
  },

  fit(config, view) {
    const { replicates: R, probabilities } = config.data;
    const K = probabilities!.length;
    if (config.training.estimator !== "mle")
      return { p: parameter(batchShares(config, view), R, K) };
    const { data } = view.range(0, view.length).columns.outcome;
    const p = new Float64Array(R * K);
    for (let i = 0; i < view.length; i++) {
      const weight = view.weight(i);
      for (let r = 0; r < R; r++) p[r * K + data[i * R + r]] += weight;
    }
    for (let r = 0; r < R; r++) {
      const own = p.subarray(r * K, (r + 1) * K);
      const total = own.reduce((a, b) => a + b, 0);
      for (let k = 0; k < K; k++) own[k] /= total;
    }
    return { p: parameter(p, R, K) };
  },

  sample: ({ data: { replicates } }, { p }, count, streams) =>
    draw(streams.get("sampling"), count, p.data, replicates),

  measures({ data: { replicates: R, probabilities } }, { p }) {
    const truth = normalised(probabilities!);
    const K = truth.length;
    const of = (measure: (own: ArrayLike<number>) => number) =>
      Float64Array.from({ length: R }, (_, r) => measure(p.data.subarray(r * K, (r + 1) * K)));
    const sum = (own: ArrayLike<number>, term: (q: number, k: number) => number) =>
      Array.from(own).reduce((total, q, k) => total + term(q, k), 0);
    return {
      first: of((own) => own[0]),
      firstLeft: of((own) => Number(own[0] > 0)),
      firstSquaredDrift: of((own) => (own[0] - truth[0]) ** 2),
      heterozygosity: of((own) => 1 - sum(own, (q) => q * q)),
      symbols: of((own) => sum(own, (q) => Number(q > 0))),
      missing: of((own) => sum(own, (q, k) => (q > 0 ? 0 : truth[k]))),
    };
  },
};

export function normalised(probabilities: readonly number[]): Float64Array {
  const total = probabilities.reduce((a, b) => a + b, 0);
  return Float64Array.from(probabilities, (p) => p / total);
}

/** @param p [R, K] */
function draw(stream: Stream, count: number, p: ArrayLike<number>, R: number): Batch {
  const K = p.length / R;
  const data = new Uint16Array(count * R);
  const sums = new Float64Array(K);
  for (let r = 0; r < R; r++) {
    let total = 0;
    for (let k = 0; k < K; k++) sums[k] = total += Math.max(0, p[r * K + k]);
    const own = stream.at(r);
    for (let i = 0; i < count; i++) data[i * R + r] = firstAbove(sums, own.uniform() * total);
  }
  return { length: count, columns: { outcome: { data } } };
}

/** The first outcome whose cumulative sum exceeds the mass. */
export function firstAbove(sums: Float64Array, mass: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > mass) high = middle;
    else low = middle + 1;
  }
  return low;
}
