import type { RunStore } from "../../store/runStore";
import type { Costs, Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { forecastChains } from "../forecast/forecastChains";
import { chainsOf } from "../preset";
import { dimensionOf, type TableConfig } from "./config";
import type { TablePreset } from "./preset";
import { tableTask } from "./task";

const REFERENCE: Reference = {
  operationsPerSecond: 5e8,
  secondsPerStep: 0,
  basis: "0.5 GFLOP/s and 20 ms per stage",
};
/** A generation of few rows is so small that writing its stages is most of its time. */
const FIXED = { fit: 0.02, sample: 0.02, evaluation: 0.02 } as const;

export function forecastTable(preset: TablePreset, store: RunStore): Forecast {
  return forecastChains(
    {
      task: tableTask.name,
      chains: chainsOf(tableTask, preset).map(({ chain }) => chain),
      costsOf: (config) => tableCosts(config as TableConfig),
      referenceOf: () => REFERENCE,
      data: ["own table: read here"],
    },
    store,
  );
}

/** An item is a row; a fit takes one step on all of them. */
function tableCosts({ data }: TableConfig): Costs {
  const d = dimensionOf({ data });
  return {
    trainItems: data.trainItems,
    ...{ items: "rows", unit: "rows", unitsPerItem: 1 },
    batchSize: Number.POSITIVE_INFINITY,
    steps: () => 1,
    fitOperations: 2 * d ** 2,
    sampleOperations: 2 * d,
    fixedSeconds: FIXED,
    evaluationOperations: 2 * d * (data.testItems + 2 * data.trainItems),
    modelBytes: 8 * d,
    itemBytes: 8 * (d + 1),
  };
}
