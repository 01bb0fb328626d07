import type { Work } from "./work";

/**
 * Runs jobs as soon as the blocks they need are finished, at most `concurrency` at once, those first
 * that the longest remaining path hangs on. A job whose fit or block another one is making waits for
 * that one; evaluations of the data, which all jobs share, are cheap and hold nobody up here. The
 * first failure aborts the rest and is thrown once all that was running has stopped.
 * @param controller aborted on failure; aborting it from outside stops the schedule
 * @param run is told by how many jobs `concurrency` is to be shared, as things stand
 */
export async function schedule(
  work: readonly Work[],
  concurrency: number,
  controller: AbortController,
  run: (work: Work, sharers: number) => Promise<void>,
): Promise<void> {
  const urgency = criticalPaths(work);
  const waiting = [...work].sort((a, b) => (urgency.get(b) ?? 0) - (urgency.get(a) ?? 0));
  const unfinished = new Set(work.flatMap(addresses));
  const inTheMaking = new Set<string>();
  const running = new Set<Promise<void>>();
  const ready = (one: Work) =>
    one.job.needs.every((need) => !unfinished.has(need)) &&
    !models(one).some((address) => inTheMaking.has(address));
  let failure: { error: unknown } | undefined;
  for (;;) {
    while (!failure && !controller.signal.aborted && running.size < concurrency) {
      const next = waiting.findIndex(ready);
      if (next < 0) break;
      const sharers = Math.min(concurrency, running.size + waiting.filter(ready).length);
      const [one] = waiting.splice(next, 1);
      const making = models(one).filter((address) => unfinished.has(address));
      for (const address of making) inTheMaking.add(address);
      const made = run(one, sharers).then(
        () => {
          for (const address of addresses(one)) unfinished.delete(address);
        },
        (error) => {
          failure ??= { error };
          controller.abort();
        },
      );
      const tracked = made.finally(() => {
        for (const address of making) inTheMaking.delete(address);
        running.delete(tracked);
      });
      running.add(tracked);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure) throw failure.error;
}

const addresses = ({ unfinished }: Work): string[] => unfinished.map(({ address }) => address);

/** Addresses of the fit and the block, where they are to be made. */
const models = ({ unfinished }: Work): string[] =>
  unfinished.filter(({ kind }) => kind !== "evaluation").map(({ address }) => address);

/** Cost of the most expensive path from each job to an end, itself included. */
function criticalPaths(work: readonly Work[]): Map<Work, number> {
  const after = new Map<string, number>();
  const paths = new Map<Work, number>();
  // Later generations come after the ones they need, so one pass from the back suffices.
  const byDepth = [...work].sort((a, b) => b.job.generation.n - a.job.generation.n);
  for (const one of byDepth) {
    const length = (after.get(one.job.stages.block.address) ?? 0) + one.cost;
    paths.set(one, length);
    for (const need of one.job.needs) after.set(need, Math.max(after.get(need) ?? 0, length));
  }
  return paths;
}
