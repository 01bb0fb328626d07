import { addressOf } from "../../store/address";
import type { RunStore } from "../../store/runStore";
import type { Costs, Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { about, forecastChains } from "../forecast/forecastChains";
import type { LinearConfig } from "./config";
import { loopChains } from "./loopRows";
import type { LinearPreset } from "./preset";
import { type ExactJob, exactJobs } from "./run";
import { linearTask } from "./task";

/** Test errors drawn per second by one process, on the machine of bench/README.md. */
const DRAWS_PER_SECOND = 2e5;

/** Bytes of a row of statistics. */
const ROW = 250;

/** A generation of the loop is so small that writing its stages is most of its time. */
const REFERENCE: Reference = {
  operationsPerSecond: 1e9,
  secondsPerStep: 0,
  basis: "1 GFLOP/s and 20 ms per stage",
};

/** Exact draws, and the variants that go through the model–data loop. */
export function forecastLinear(preset: LinearPreset, store: RunStore): Forecast {
  const jobs = exactJobs(preset);
  const stored = ({ identity }: ExactJob) =>
    store.has("rows", addressOf({ what: "rows", ...identity }));
  const missing = jobs.filter((job) => !stored(job));
  const loop = forecastChains(
    {
      task: linearTask.name,
      chains: preset.variants
        .filter(({ simulation }) => simulation === "loop")
        .flatMap((variant) => loopChains(preset, variant).chains),
      costsOf: (config) => linearCosts(config as LinearConfig),
      referenceOf: () => REFERENCE,
      data: ["linear regression: generated here"],
    },
    store,
  );
  const draws = sum(missing);
  return {
    ...loop,
    generations: loop.generations + sum(jobs),
    finished: loop.finished + sum(jobs.filter(stored)),
    work: [...(draws > 0 ? [`${about(draws)} test errors drawn exactly`] : []), ...loop.work],
    bytes: loop.bytes + missing.length * ROW,
    hours: loop.hours + draws / DRAWS_PER_SECOND / 3600,
    basis: `exact draws at ${about(DRAWS_PER_SECOND)} test errors per second; the loop with ${loop.basis}`,
  };
}

const sum = (jobs: readonly ExactJob[]): number =>
  jobs.reduce(
    (n, { conditions: { each, seeds, iterations } }) => n + each.length * seeds * iterations,
    0,
  );

/** An item is one observation; a fit takes one step on all of them. */
export function linearCosts({ data }: LinearConfig): Costs {
  return {
    trainItems: data.trainItems,
    ...{ items: "observations", unit: "observations", unitsPerItem: 1 },
    batchSize: Number.POSITIVE_INFINITY,
    steps: () => 1,
    fitOperations: 2 * data.d ** 2,
    sampleOperations: 2 * data.d,
    evaluationOperations: 2 * data.d * data.testItems,
    modelBytes: 8 * data.d,
    itemBytes: 8 * (data.d + 1),
  };
}
