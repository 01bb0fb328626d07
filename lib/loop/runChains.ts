import { Cancelled } from "../errors";
import type { RunStore } from "../store/runStore";
import type { Chain, ChainResult, GenerationResult } from "./chain";
import { childProcesses } from "./childProcesses";
import { configOf } from "./config";
import type { LoopEvent } from "./events";
import type { Executor } from "./executor";
import type { Phase } from "./generation";
import { inProcess } from "./inProcess";
import { type Job, jobsOf } from "./jobs";
import { prepareReal } from "./real";
import { schedule } from "./schedule";

export interface RunOptions {
  readonly store: RunStore;
  /** Where generations run. @defaultValue child processes, in this process if a task names no module */
  readonly executor?: Executor;
  /** Aborting it stops the run; what was finished stays. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: LoopEvent) => void;
  /** Seconds between checkpoints of a fit. @defaultValue 20 */
  readonly checkpointSeconds?: number;
}

/** How a generation's time divides, roughly, among its phases. */
const SHARES: Readonly<Record<Phase, readonly [from: number, share: number]>> = {
  fit: [0, 0.9],
  evaluate: [0.9, 0.03],
  sample: [0.93, 0.07],
};

/**
 * Runs chains (seeds × regimes) through the model–data loop and returns their generations.
 * Finished generations are read from the store; generations that several chains share are made
 * once. Throws the first error; a stop on request throws {@link Cancelled}.
 */
export async function runChains(
  chains: readonly Chain[],
  options: RunOptions,
): Promise<ChainResult[]> {
  const { store, onEvent = () => {}, checkpointSeconds = 20 } = options;
  const controller = new AbortController();
  const stop = () => controller.abort();
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted) stop();
  const own = options.executor === undefined;
  const executor =
    options.executor ??
    (chains.every((chain) => chain.task.module) ? childProcesses() : inProcess());
  try {
    const plans: Job[][] = [];
    for (const chain of chains) {
      const config = configOf(chain.task, chain.config);
      const real = await prepareReal(chain.task, config, chain.seed, store, controller.signal);
      plans.push(jobsOf({ ...chain, config }, real));
    }
    const jobs = new Map(plans.flat().map((job) => [job.address, job]));
    const missing = [...jobs.values()].filter((job) => !store.has("generation", job.address));
    const meter = new Meter(missing);
    onEvent({
      type: "planned",
      jobs: jobs.size,
      finished: jobs.size - missing.length,
      cost: meter.total,
    });
    await schedule(missing, executor.concurrency, controller, async (job, sharers) => {
      const { address, label } = job;
      onEvent({ type: "started", label, address });
      await executor.run(job, store, {
        signal: controller.signal,
        checkpointSeconds,
        threads: Math.floor(executor.concurrency / sharers),
        notice: (sentence) => onEvent({ type: "notice", sentence }),
        async progress(phase, done, total, values = {}) {
          if (controller.signal.aborted) throw new Cancelled();
          const [from, share] = SHARES[phase];
          const fraction = from + share * (total > 0 ? done / total : 1);
          const progress = { phase, fraction, values, ...meter.advance(job, fraction) };
          onEvent({ type: "progress", label, address, ...progress });
        },
      });
      meter.advance(job, 1);
      onEvent({ type: "finished", label, address });
    });
    if (controller.signal.aborted) throw new Cancelled();
    return chains.map((chain, i) => ({
      chain,
      generations: plans[i].map((job) => resultOf(job, store)),
    }));
  } finally {
    options.signal?.removeEventListener("abort", stop);
    if (own) await executor.close();
  }
}

/** Adds up the work done over all running generations. */
class Meter {
  readonly total: number;
  #done = 0;
  readonly #fractions = new Map<string, number>();

  constructor(jobs: readonly Job[]) {
    this.total = jobs.reduce((sum, job) => sum + job.cost, 0);
  }

  advance(job: Job, fraction: number): { done: number; total: number } {
    const before = this.#fractions.get(job.address) ?? 0;
    this.#done += Math.max(0, fraction - before) * job.cost;
    this.#fractions.set(job.address, Math.max(before, fraction));
    return { done: this.#done, total: this.total };
  }
}

function resultOf(job: Job, store: RunStore): GenerationResult {
  const { result } = store.read("generation", job.address);
  return {
    n: job.identity.n,
    address: job.address,
    folder: store.folder("generation", job.address),
    metrics: result.metrics as Record<string, number>,
    trainedOn: result.trainedOn as Record<string, number>,
  };
}
