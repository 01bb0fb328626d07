import { oneFitError } from "../../../theory/index";
import type { LinearRecord } from "../records";

/** Mean of measured error over v across conditions, at one iteration. */
export interface Pooled {
  readonly iteration: number;
  /** Weighted by the number of seeds. */
  readonly mean: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Chains that went in. */
  readonly n: number;
}

/** E/v at every iteration, averaged over conditions that were drawn independently of each other. */
export function pooledRatios(records: readonly LinearRecord[]): Pooled[] {
  const byIteration = new Map<number, LinearRecord[]>();
  for (const record of records) {
    const list = byIteration.get(record.iteration);
    if (list) list.push(record);
    else byIteration.set(record.iteration, [record]);
  }
  return [...byIteration].map(([iteration, list]) => {
    const n = list.reduce((sum, { n }) => sum + n, 0);
    let mean = 0;
    let variance = 0;
    for (const record of list) {
      const v = oneFitError(record);
      mean += ((record.n / n) * record.mean) / v;
      variance += (((record.n / n) * record.se) / v) ** 2;
    }
    const se = Math.sqrt(variance);
    // Several conditions of 100 seeds and more: the normal and Student quantiles agree.
    return { iteration, mean, se, low: mean - 1.96 * se, high: mean + 1.96 * se, n };
  });
}
