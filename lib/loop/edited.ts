import type { RunStore } from "../store/runStore";
import { codeOf } from "./code";
import { allStages, type Job } from "./jobs";

/** One sentence for each task whose code has changed since stored stages were made. */
export function editedTasks(jobs: Iterable<Job>, store: RunStore): string[] {
  const edited = new Set<string>();
  for (const job of jobs) {
    if (edited.has(job.task.name)) continue;
    const stages = allStages(job).filter(({ kind, address }) => store.has(kind, address));
    if (stages.some(({ kind, address }) => differs(store.read(kind, address).provenance.code, job)))
      edited.add(job.task.name);
  }
  return [...edited].map(
    (name) =>
      `The code of task "${name}" has changed since some of the stored results were made; they are used as they are. Raise the version of what changed to compute it anew.`,
  );
}

const differs = (code: string | undefined, { task }: Job): boolean =>
  code !== undefined && code !== codeOf(task);
