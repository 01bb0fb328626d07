import type { Batch } from "../../../pool/schema";
import type { Stream } from "../../../random/stream";
import { firstAbove, normalised } from "./categorical";
import { parameter, type World } from "./world";

// Worlds in which single items are chosen: an item is one draw of one replicate. Curation sees them one
// by one, in runs of RUN, so that each of the K candidates among which it chooses is of one replicate.

/** A multiple of 2, 3, 4 and 5. */
const RUN = 60;

/** The replicate of an item by its number. */
const replicateOf = (i: number, replicates: number): number => Math.floor(i / RUN) % replicates;

const wholeRuns: World["check"] = ({ data: { trainItems, replicates } }) =>
  trainItems % (RUN * replicates) === 0
    ? undefined
    : `trainItems must be a multiple of ${RUN} for each of ${replicates} replicates, not ${trainItems}.`;

/** A Gaussian whose samples are selected. */
export const selectedGaussian: World = {
  check: wholeRuns,
  schema: () => ({
    x: { dtype: "float64", shape: [] },
    replicate: { dtype: "uint16", shape: [] },
  }),

  real({ trainItems, replicates, mean }, streams) {
    const one = new Float64Array(replicates).fill(1);
    return drawGaussian(
      streams.get("real"),
      trainItems,
      one.map(() => mean),
      one,
    );
  },

  fit({ data: { replicates: R }, training: { variance: known } }, view) {
    const { x, replicate } = view.range(0, view.length).columns;
    const [count, mean, squares] = [0, 1, 2].map(() => new Float64Array(R));
    for (let i = 0; i < view.length; i++) {
      count[replicate.data[i]]++;
      mean[replicate.data[i]] += x.data[i];
    }
    for (let r = 0; r < R; r++) mean[r] /= count[r];
    for (let i = 0; i < view.length; i++) {
      const r = replicate.data[i];
      squares[r] += (x.data[i] - mean[r]) ** 2 / count[r];
    }
    return { mean: parameter(mean), variance: parameter(known ? squares.fill(known) : squares) };
  },

  sample: (_config, { mean, variance }, count, streams) =>
    drawGaussian(streams.get("sampling"), count, mean.data, variance.data.map(Math.sqrt)),

  measures: (_config, { mean, variance }) => ({ mean: mean.data, variance: variance.data }),
};

/** Outcomes whose samples are selected; `measures` are of the reward that entries use, 1.5 · position. */
export const selectedCategorical: World = {
  check(config) {
    return config.data.probabilities ? wholeRuns(config) : "Outcomes need `probabilities`.";
  },
  schema: () => ({
    outcome: { dtype: "uint16", shape: [] },
    replicate: { dtype: "uint16", shape: [] },
  }),

  real({ trainItems, replicates, probabilities }, streams) {
    const p = normalised(probabilities!);
    const all = Float64Array.from({ length: replicates * p.length }, (_, i) => p[i % p.length]);
    return drawOutcomes(streams.get("real"), trainItems, all, replicates);
  },

  fit({ data: { replicates: R, probabilities } }, view) {
    const K = probabilities!.length;
    const { outcome, replicate } = view.range(0, view.length).columns;
    const p = new Float64Array(R * K);
    const count = new Float64Array(R);
    for (let i = 0; i < view.length; i++) {
      p[replicate.data[i] * K + outcome.data[i]]++;
      count[replicate.data[i]]++;
    }
    return {
      p: parameter(
        p.map((value, i) => value / count[Math.floor(i / K)]),
        R,
        K,
      ),
    };
  },

  sample: ({ data: { replicates } }, { p }, count, streams) =>
    drawOutcomes(streams.get("sampling"), count, p.data, replicates),

  measures({ data: { replicates: R, probabilities } }, { p }) {
    const K = probabilities!.length;
    const of = (term: (q: number, k: number) => number) =>
      Float64Array.from({ length: R }, (_, r) =>
        Array.from(p.data.subarray(r * K, (r + 1) * K)).reduce((sum, q, k) => sum + term(q, k), 0),
      );
    return {
      last: of((q, k) => (k === K - 1 ? q : 0)),
      position: of((q, k) => (q * k) / (K - 1)),
    };
  },
};

function drawGaussian(
  stream: Stream,
  count: number,
  mean: ArrayLike<number>,
  sd: ArrayLike<number>,
): Batch {
  const x = stream.normals(new Float64Array(count));
  const replicate = Uint16Array.from({ length: count }, (_, i) => replicateOf(i, mean.length));
  for (let i = 0; i < count; i++) x[i] = mean[replicate[i]] + sd[replicate[i]] * x[i];
  return { length: count, columns: { x: { data: x }, replicate: { data: replicate } } };
}

/** @param p [R, K] */
function drawOutcomes(stream: Stream, count: number, p: ArrayLike<number>, R: number): Batch {
  const K = p.length / R;
  const sums = Array.from({ length: R }, (_, r) => {
    let total = 0;
    return Float64Array.from({ length: K }, (_, k) => (total += p[r * K + k]));
  });
  const outcome = new Uint16Array(count);
  const replicate = Uint16Array.from({ length: count }, (_, i) => replicateOf(i, R));
  for (let i = 0; i < count; i++) {
    const own = sums[replicate[i]];
    outcome[i] = firstAbove(own, stream.uniform() * own[K - 1]);
  }
  return { length: count, columns: { outcome: { data: outcome }, replicate: { data: replicate } } };
}
