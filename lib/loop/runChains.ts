import { Cancelled } from "../errors";
import type { RunStore } from "../store/runStore";
import type { Chain, ChainResult } from "./chain";
import { childProcesses } from "./childProcesses";
import { configOf } from "./config";
import { editedTasks } from "./edited";
import type { LoopEvent } from "./events";
import type { Executor } from "./executor";
import { hostSignal } from "./hostSignal";
import { inProcess } from "./inProcess";
import { jobsOfAll, type Prepared } from "./jobs";
import { Meter } from "./meter";
import { prepareReal } from "./real";
import { resultOf } from "./result";
import { schedule } from "./schedule";
import { workOf } from "./work";

export interface RunOptions {
  readonly store: RunStore;
  /** Where generations run. @defaultValue child processes, in this process if a task names no module */
  readonly executor?: Executor;
  /**
   * Aborting it stops the run; what was finished stays.
   * @defaultValue the stop button's in a notebook cell, else none
   */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: LoopEvent) => void;
  /** Seconds between checkpoints of a fit. @defaultValue 20 */
  readonly checkpointSeconds?: number;
}

/** Milliseconds of work after which other events of this process are let in. */
const BREATH_MS = 100;

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
  const told = new Set<string>();
  const notice = (sentence: string) => {
    // Several chains may have the same to say.
    if (!told.has(sentence)) onEvent({ type: "notice", sentence });
    told.add(sentence);
  };
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signal = options.signal ?? hostSignal();
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const own = options.executor === undefined;
  const executor =
    options.executor ??
    (chains.every((chain) => chain.task.module) ? childProcesses() : inProcess());
  try {
    const validated = chains.map((one) => ({ ...one, config: configOf(one.task, one.config) }));
    const prepared: Prepared[] = [];
    for (const chain of validated) {
      const { task, config, seed } = chain;
      const label = `${task.name}, real data`;
      const real = await prepareReal(task, config, seed, store, controller.signal, {
        notice,
        onStep: (step, done, total) => onEvent({ type: "preparing", label, step, done, total }),
      });
      prepared.push({ chain, real });
    }
    const plans = jobsOfAll(prepared);
    const jobs = new Map(plans.flat().map((job) => [job.id, job]));
    const work = workOf(jobs.values(), store);
    const meter = new Meter(work, store);
    for (const job of jobs.values()) meter.learn(job);
    onEvent({
      type: "planned",
      jobs: jobs.size,
      finished: jobs.size - work.length,
      cost: meter.total,
    });
    for (const sentence of editedTasks(jobs.values(), store)) notice(sentence);
    let breath = Date.now();
    await schedule(work, executor.concurrency, controller, async (one, sharers) => {
      const { id, label } = one.job;
      onEvent({ type: "started", label, id });
      await executor.run(one.job, store, {
        signal: controller.signal,
        checkpointSeconds,
        threads: Math.floor(executor.concurrency / sharers),
        async progress(stage, done, total, values = {}) {
          if (Date.now() - breath >= BREATH_MS) {
            // Training in this process never yields to the event loop; an abort comes by it.
            await new Promise((resolve) => setImmediate(resolve));
            breath = Date.now();
          }
          if (controller.signal.aborted) throw new Cancelled();
          const fraction = meter.fraction(one, stage, total > 0 ? done / total : 1);
          const progress = { stage, fraction, values, ...meter.advance(one, fraction) };
          onEvent({ type: "progress", label, id, ...progress });
        },
        notice,
      });
      meter.advance(one, 1);
      meter.learn(one.job);
      onEvent({ type: "finished", label, id });
    });
    if (controller.signal.aborted) throw new Cancelled();
    return chains.map((chain, i) => ({
      chain,
      generations: plans[i].map((job) => resultOf(job, store)),
    }));
  } finally {
    signal?.removeEventListener("abort", stop);
    if (own) await executor.close();
  }
}
