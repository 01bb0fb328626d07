import type { AtlasConfig } from "../config";
import { parameter, type World } from "./world";

/**
 * Samples in a web that is part real: a share `realShare` of every block is real, and a detector of known
 * accuracy says of each item how likely it is to be a sample. What is fitted is the share of real items
 * that a model is trained on. An item is one of one replicate.
 */
export const detected: World = {
  check: ({ sampling }) =>
    sampling.detector ? undefined : "Detected samples need `sampling.detector`.",
  schema: () => ({
    q: { dtype: "float64", shape: [] },
    real: { dtype: "uint8", shape: [] },
    replicate: { dtype: "uint16", shape: [] },
  }),

  real({ trainItems, replicates }) {
    const replicate = Uint16Array.from({ length: trainItems }, (_, i) => i % replicates);
    return {
      length: trainItems,
      columns: {
        q: { data: new Float64Array(trainItems) },
        real: { data: new Uint8Array(trainItems).fill(1) },
        replicate: { data: replicate },
      },
    };
  },

  fit({ data: { replicates: R } }, view) {
    const { real, replicate } = view.range(0, view.length).columns;
    const [count, share] = [0, 1].map(() => new Float64Array(R));
    for (let i = 0; i < view.length; i++) {
      count[replicate.data[i]]++;
      share[replicate.data[i]] += real.data[i];
    }
    return { share: parameter(share.map((s, r) => s / count[r])) };
  },

  sample({ data, sampling }, _weights, count, streams) {
    const { realShare = 0.5, replicates } = data;
    const { accuracy, q } = sampling.detector!;
    const stream = streams.get("sampling");
    const real = Uint8Array.from({ length: count }, () => Number(stream.uniform() < realShare));
    const said = Float64Array.from(real, (isReal) =>
      // What the detector takes for a sample has q, the rest 1 − q.
      Number(stream.uniform() < accuracy) === isReal ? 1 - q : q,
    );
    const replicate = Uint16Array.from({ length: count }, (_, i) => i % replicates);
    return {
      length: count,
      columns: { q: { data: said }, real: { data: real }, replicate: { data: replicate } },
    };
  },

  measures: (_config: Pick<AtlasConfig, "data">, { share }) => ({ realShare: share.data }),
};
