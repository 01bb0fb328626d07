import type { RunStore } from "../store/runStore";
import { allStages, type Job } from "./jobs";
import type { Work } from "./work";

/** How a generation's time divides among its stages, until some have been seen. */
const SHARES = { fit: 0.9, sample: 0.07, evaluations: 0.03 };
/** Finished stages of one name that are looked at. */
const ENOUGH = 20;

/**
 * Adds up the work done over all running generations, in items. Within a generation stages weigh as
 * much as the time that such stages took.
 */
export class Meter {
  readonly total: number;
  #done = 0;
  readonly #fractions = new Map<Work, number>();
  readonly #times = new Map<string, { seconds: number; stages: number }>();

  constructor(
    work: readonly Work[],
    private readonly store: RunStore,
  ) {
    this.total = work.reduce((sum, { cost }) => sum + cost, 0);
  }

  /** Takes the times of a job's finished stages for what such stages take. */
  learn(job: Job): void {
    for (const { kind, name, address } of allStages(job)) {
      const key = `${job.task.name} ${name}`;
      const { seconds, stages } = this.#times.get(key) ?? { seconds: 0, stages: 0 };
      if (stages >= ENOUGH || !this.store.has(kind, address)) continue;
      const { wallSeconds } = this.store.read(kind, address).provenance;
      this.#times.set(key, { seconds: seconds + wallSeconds, stages: stages + 1 });
    }
  }

  /** Share of a job's work that is done when `share` of the stage is. */
  fraction({ job, unfinished }: Work, stage: string, share: number): number {
    const weights = this.#weights(
      job,
      unfinished.map(({ name }) => name),
    );
    const total = weights.reduce((sum, { weight }) => sum + weight, 0);
    let before = 0;
    for (const { name, weight } of weights) {
      if (name === stage) return total > 0 ? (before + weight * share) / total : share;
      before += weight;
    }
    return 0;
  }

  advance(work: Work, fraction: number): { done: number; total: number } {
    const before = this.#fractions.get(work) ?? 0;
    this.#done += Math.max(0, fraction - before) * work.cost;
    this.#fractions.set(work, Math.max(before, fraction));
    return { done: this.#done, total: this.total };
  }

  /** In the order in which the stages are made. */
  #weights(job: Job, names: readonly string[]): { name: string; weight: number }[] {
    const { evaluations } = job.stages;
    const order = [
      "fit",
      ...evaluations.filter(({ readsBlock }) => !readsBlock).map(({ name }) => name),
      "sample",
      ...evaluations.filter(({ readsBlock }) => readsBlock).map(({ name }) => name),
    ].filter((name) => names.includes(name));
    const seen = order.map((name) => this.#times.get(`${job.task.name} ${name}`));
    if (seen.every((times) => times !== undefined))
      return order.map((name, i) => ({ name, weight: seen[i]!.seconds / seen[i]!.stages }));
    return order.map((name) => ({
      name,
      weight:
        name === "fit" || name === "sample"
          ? SHARES[name]
          : SHARES.evaluations / evaluations.length,
    }));
  }
}
