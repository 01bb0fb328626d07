import type { RunStore } from "../store/runStore";
import type { Job } from "./jobs";
import { allStages } from "./jobs";
import type { Stage } from "./stages";

/** A job with the stages that are still to be made. */
export interface Work {
  readonly job: Job;
  readonly unfinished: readonly Stage[];
  /** Work in items, trained on and sampled, of the unfinished stages. */
  readonly cost: number;
}

/** The jobs of which a stage is missing in the store. A stage that several miss counts for the first. */
export function workOf(jobs: Iterable<Job>, store: RunStore): Work[] {
  const counted = new Set<string>();
  const work: Work[] = [];
  for (const job of jobs) {
    const unfinished = allStages(job).filter(({ kind, address }) => !store.has(kind, address));
    if (unfinished.length === 0) continue;
    const { fit, block } = job.stages;
    const own = (stage: Stage) => unfinished.includes(stage) && !counted.has(stage.address);
    const cost = (own(fit) ? job.cost.fit : 0) + (own(block) ? job.cost.sample : 0);
    // Evaluations alone: their work is in no unit of the others.
    work.push({ job, unfinished, cost: cost || 1 });
    for (const { address } of unfinished) counted.add(address);
  }
  return work;
}
