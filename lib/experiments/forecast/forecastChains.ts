import * as os from "node:os";
import { countOf, formatCount } from "../../format";
import type { Chain } from "../../loop/chain";
import { allStages, jobsOfAll } from "../../loop/jobs";
import { realAddress, storedReal } from "../../loop/real";
import type { RunStore } from "../../store/runStore";
import type { Costs, Reference } from "./costs";
import type { Forecast } from "./forecast";
import { Speeds } from "./speeds";

/** Chains of one task, what their configs cost, and where their data come from. */
export interface ChainsToForecast {
  readonly task: string;
  readonly chains: readonly Chain[];
  readonly costsOf: (config: unknown) => Costs;
  readonly referenceOf: (config: unknown) => Reference;
  readonly data: readonly string[];
}

/**
 * What is still to do for these chains. Stages that chains share count once. Where the real data are
 * not in the store yet, their number of items follows from the config, and nothing is finished.
 */
export function forecastChains(
  { task, chains, costsOf, referenceOf, data }: ChainsToForecast,
  store: RunStore,
): Forecast {
  const speeds = new Speeds(store, task, costsOf, referenceOf);
  const sum = { steps: 0, trained: 0, trainedUnits: 0, sampled: 0, bytes: 0, seconds: 0 };
  const seen = new Map<string, boolean>();
  const counted = new Set<string>();
  let costs: Costs | undefined;
  const prepared = chains.map((chain) => {
    const { trainItems, itemBytes } = costsOf(chain.config);
    const real = storedReal(chain.task, chain.config, chain.seed, store);
    const address = realAddress(chain.task, chain.config, chain.seed);
    if (!real && !counted.has(address)) sum.bytes += trainItems * itemBytes;
    counted.add(address);
    return { chain, real: real ?? { address, data: "", items: trainItems, description: "" } };
  });
  // All at once, as they are run: chains may be trained on each other's blocks.
  for (const [i, jobs] of jobsOfAll(prepared).entries()) {
    const { chain } = prepared[i];
    const config = costsOf(chain.config);
    costs ??= config;
    for (const job of jobs) {
      const missing = allStages(job).filter((stage) => !store.has(stage.kind, stage.address));
      seen.set(job.id, missing.length === 0);
      const fresh = missing.filter((stage) => !counted.has(stage.address));
      for (const stage of fresh) counted.add(stage.address);
      const kinds = new Set(fresh.map(({ kind }) => kind));
      const { fit: items, sample: produce } = job.cost;
      if (kinds.has("fit")) {
        const { n } = job.generation;
        const steps = config.steps(items, n);
        sum.steps += steps;
        sum.trained += steps * Math.min(config.batchSize, items);
        sum.trainedUnits += steps * Math.min(config.batchSize, items) * config.unitsPerItem;
        sum.bytes += config.modelBytes;
        sum.seconds += speeds.fit(chain.config, items, n);
      }
      if (kinds.has("block")) {
        sum.sampled += produce;
        sum.bytes += produce * config.itemBytes;
        sum.seconds += speeds.sample(chain.config, produce);
      }
      if (kinds.has("evaluation")) sum.seconds += speeds.evaluate(chain.config);
    }
  }
  const processes = os.availableParallelism();
  return {
    generations: seen.size,
    finished: [...seen.values()].filter(Boolean).length,
    work: costs && sum.steps + sum.sampled > 0 ? workText(costs, sum) : [],
    bytes: sum.bytes,
    hours: sum.seconds / 3600 / processes,
    basis: `${countOf(processes, "process", "processes")} at a time; ${speeds.basis}`,
    data,
  };
}

function workText(
  { items, unit }: Costs,
  sum: { steps: number; trained: number; trainedUnits: number; sampled: number },
): string[] {
  const units = unit === items ? "" : ` (about ${about(sum.trainedUnits)} ${unit})`;
  return [
    `${formatCount(Math.round(sum.steps))} optimiser steps on ${about(sum.trained)} ${items}${units}`,
    `${about(sum.sampled)} ${items} sampled`,
  ];
}

/** Two digits and a word: "3.2 billion"; small numbers as they are. */
export function about(count: number): string {
  for (const [size, word] of SIZES)
    if (count >= size) return `${Number((count / size).toPrecision(2))} ${word}`;
  return formatCount(Math.round(count));
}

const SIZES = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
] as const;
