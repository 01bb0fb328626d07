import type { RunStore } from "../../store/runStore";
import type { Costs, Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { forecastChains } from "../forecast/forecastChains";
import { chainsOf } from "../preset";
import type { AtlasConfig } from "./config";
import type { AtlasPreset } from "./preset";
import { atlasTask } from "./task";

/** A generation is so small that writing its stages is most of its time. */
const REFERENCE: Reference = {
  operationsPerSecond: 2e8,
  secondsPerStep: 0,
  basis: "0.2 G operations per second and 20 ms per stage",
};

export function forecastAtlas(preset: AtlasPreset, store: RunStore): Forecast {
  return forecastChains(
    {
      task: atlasTask.name,
      chains: chainsOf(atlasTask, preset).map(({ chain }) => chain),
      costsOf: (config) => atlasCosts(config as AtlasConfig),
      referenceOf: () => REFERENCE,
      data: ["small worlds: generated here"],
    },
    store,
  );
}

/** An item is one draw of every replicate; a fit reads each number a few times. */
export function atlasCosts({ data }: Pick<AtlasConfig, "data">): Costs {
  const { trainItems, replicates } = data;
  return {
    trainItems,
    ...{ items: "items", unit: "draws", unitsPerItem: replicates },
    batchSize: Number.POSITIVE_INFINITY,
    steps: () => 1,
    fitOperations: 4,
    sampleOperations: 10,
    evaluationOperations: 4 * replicates,
    modelBytes: 16 * replicates,
    itemBytes: 8 * replicates,
  };
}
