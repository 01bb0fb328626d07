import type { Batch } from "../../../pool/schema";
import type { Stream } from "../../../random/stream";
import { normalised } from "./categorical";
import { parameter, type World } from "./world";

/**
 * Captions and images: each caption has its Gaussian, whose variance is fitted to the items of that
 * caption. The text is frozen: every round has the same captions. An item is one caption and a draw of
 * every replicate.
 */
export const labelledGaussians: World = {
  check({ data: { probabilities, trainItems }, sampling: { frozen } }) {
    if (!probabilities) return "Captions need `probabilities`.";
    if (frozen !== "text") return 'Labelled Gaussians need `sampling.frozen: "text"`.';
    const few = countsOf(probabilities, trainItems).findIndex((count) => count < 2);
    return few < 0 ? undefined : `Caption ${few} has fewer than two items, which have no variance.`;
  },
  schema: ({ replicates }) => ({
    x: { dtype: "float64", shape: [replicates] },
    caption: { dtype: "uint16", shape: [] },
  }),

  real({ trainItems, replicates, probabilities }, streams) {
    const ones = new Float64Array(replicates * probabilities!.length).fill(1);
    return drawImages(
      streams.get("real"),
      trainItems,
      probabilities!,
      ones.map(() => 0),
      ones,
    );
  },

  fit({ data: { replicates: R, probabilities } }, view) {
    const K = probabilities!.length;
    const { x, caption } = view.range(0, view.length).columns;
    const [mean, variance] = [0, 1].map(() => new Float64Array(R * K));
    const counts = new Float64Array(K);
    for (const k of caption.data) counts[k]++;
    for (let i = 0; i < x.data.length; i++) {
      const k = caption.data[Math.floor(i / R)];
      mean[(i % R) * K + k] += x.data[i] / counts[k];
    }
    for (let i = 0; i < x.data.length; i++) {
      const k = caption.data[Math.floor(i / R)];
      variance[(i % R) * K + k] += (x.data[i] - mean[(i % R) * K + k]) ** 2 / counts[k];
    }
    return { mean: parameter(mean, R, K), variance: parameter(variance, R, K) };
  },

  sample: ({ data }, { mean, variance }, count, streams) =>
    drawImages(streams.get("sampling"), count, data.probabilities!, mean.data, variance.data),

  measures({ data: { replicates: R, probabilities } }, { variance }) {
    const K = probabilities!.length;
    return Object.fromEntries(
      probabilities!.map((_, k) => [
        `variance${k}`,
        Float64Array.from({ length: R }, (_, r) => variance.data[r * K + k]),
      ]),
    );
  },
};

/** Items of each caption: the same in every round. */
export function countsOf(probabilities: readonly number[], items: number): number[] {
  let sum = 0;
  let before = 0;
  return [...normalised(probabilities)].map((p) => {
    sum += p;
    const upTo = Math.round(sum * items);
    const count = upTo - before;
    before = upTo;
    return count;
  });
}

/** @param mean [R, K] @param variance [R, K] */
function drawImages(
  stream: Stream,
  count: number,
  probabilities: readonly number[],
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
): Batch {
  const K = probabilities.length;
  const R = mean.length / K;
  const captions = countsOf(probabilities, count).flatMap((n, k) => Array<number>(n).fill(k));
  const x = stream.normals(new Float64Array(count * R));
  for (let i = 0; i < x.length; i++) {
    const at = (i % R) * K + captions[Math.floor(i / R)];
    x[i] = mean[at] + Math.sqrt(variance[at]) * x[i];
  }
  return {
    length: count,
    columns: { x: { data: x }, caption: { data: Uint16Array.from(captions) } },
  };
}
