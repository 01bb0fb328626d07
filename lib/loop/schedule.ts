import type { Job } from "./jobs";

/**
 * Runs jobs as soon as what they need is finished, at most `concurrency` at once, those first that
 * the longest remaining path hangs on. The first failure aborts the rest and is thrown once all
 * that was running has stopped.
 * @param controller aborted on failure; aborting it from outside stops the schedule
 * @param run is told by how many jobs `concurrency` is to be shared, as things stand
 */
export async function schedule(
  jobs: readonly Job[],
  concurrency: number,
  controller: AbortController,
  run: (job: Job, sharers: number) => Promise<void>,
): Promise<void> {
  const urgency = criticalPaths(jobs);
  const waiting = [...jobs].sort(
    (a, b) => (urgency.get(b.address) ?? 0) - (urgency.get(a.address) ?? 0),
  );
  const unfinished = new Set(jobs.map((job) => job.address));
  const running = new Set<Promise<void>>();
  const ready = (job: Job) => job.needs.every((need) => !unfinished.has(need));
  let failure: { error: unknown } | undefined;
  for (;;) {
    while (!failure && !controller.signal.aborted && running.size < concurrency) {
      const next = waiting.findIndex(ready);
      if (next < 0) break;
      const sharers = Math.min(concurrency, running.size + waiting.filter(ready).length);
      const [job] = waiting.splice(next, 1);
      const work = run(job, sharers).then(
        () => void unfinished.delete(job.address),
        (error) => {
          failure ??= { error };
          controller.abort();
        },
      );
      const tracked = work.finally(() => running.delete(tracked));
      running.add(tracked);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure) throw failure.error;
}

/** Cost of the most expensive path from each job to an end, itself included. */
function criticalPaths(jobs: readonly Job[]): Map<string, number> {
  const paths = new Map<string, number>();
  // Later generations come after the ones they need, so one pass from the back suffices.
  const byDepth = [...jobs].sort((a, b) => b.identity.n - a.identity.n);
  for (const job of byDepth) {
    const length = (paths.get(job.address) ?? 0) + job.cost;
    paths.set(job.address, length);
    for (const need of job.needs) paths.set(need, Math.max(paths.get(need) ?? 0, length));
  }
  return paths;
}
