import type { Executor } from "./executor";
import { runGeneration } from "./generation";

/** Runs generations in this process, one after the other: for small tasks and for tests. */
export function inProcess(): Executor {
  return {
    concurrency: 1,
    run: (job, store, hooks) => runGeneration(job.task, job.generation, store, hooks),
    close: async () => {},
  };
}
