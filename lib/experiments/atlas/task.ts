import type { CuratorInput, Score } from "../../loop/curator";
import type { Task } from "../../loop/task";
import type { Batch } from "../../pool/schema";
import { type AtlasConfig, atlasConfig } from "./config";
import { statisticsOf } from "./statistics";
import { worldOf } from "./worlds/index";

/** A number that stands in the item itself. */
const column = (name: string): Score<AtlasConfig> => ({
  version: 1,
  run: (_config, batch) => batch.columns[name].data,
});

/**
 * The atlas: small worlds with exact answers, each going through the model–data loop as many independent
 * replicates side by side. `data.dataset` names the world.
 */
export const atlasTask: Task<AtlasConfig> = {
  name: "atlas",
  version: { data: 1, fit: 1, sample: 1 },
  config: atlasConfig,
  module: __filename,
  seededData: true,
  weighted: true,
  schema: ({ data }) => worldOf({ data }).schema(data),

  async loadReal({ data }, { streams }) {
    const train = worldOf({ data }).real(data, streams);
    // Nothing is measured on held-out items: the truth is known.
    const test = worldOf({ data }).real({ ...data, trainItems: 2 }, streams);
    return {
      train: [train],
      test: [test],
      checksums: {},
      description: `${data.dataset}: ${train.length} items of ${data.replicates} replicates`,
    };
  },

  fit: async (config, view, { streams }) => worldOf(config).fit(config, view, streams),

  async *sample(config, weights, count, { streams }) {
    yield worldOf(config).sample(config, weights, count, streams);
  },

  scores: {
    x: column("x"),
    /** Where the outcome stands, 0 … 1. */
    position: {
      version: 1,
      run: ({ data }, { columns: { outcome } }) =>
        Float64Array.from(outcome.data, (k) => k / (data.probabilities!.length - 1)),
    },
    /** (x − mean)/sd of the replicate's own model, so that each keeps its own best. */
    standardised: { version: 1, run: (_config, batch, given) => standardised(batch, given) },
    /** The detector's probability that the item is a sample. */
    detector: column("q"),
  },

  evaluations: {
    /** Mean, standard error and median over replicates of every measure of the world. */
    measures: {
      version: 1,
      async run(config, { weights }) {
        const { data, model, training } = config;
        const measures = worldOf(config).measures({ data, model, training }, weights);
        return { metrics: statisticsOf(measures) };
      },
    },
  },
};

function standardised({ columns: { x, replicate } }: Batch, { weights }: CuratorInput) {
  const { mean, variance } = weights;
  return Float64Array.from(x.data, (value, i) => {
    const r = replicate.data[i];
    return (value - mean.data[r]) / Math.sqrt(variance.data[r]);
  });
}
