import { UserError } from "../errors";
import { addressOf } from "../store/address";
import type { Chain, GenerationIdentity } from "./chain";
import type { RealEntry } from "./real";
import type { Task } from "./task";

/** One generation to be made; chains that agree on everything so far share it. */
export interface Job {
  readonly address: string;
  readonly identity: GenerationIdentity;
  readonly task: Task<unknown>;
  /** Addresses of generations that must be finished first. */
  readonly needs: readonly string[];
  /** Work in items: trained on plus sampled. For time estimates only. */
  readonly cost: number;
  /** "images, replace, seed 0, iteration 2": for messages. */
  readonly label: string;
}

/**
 * The generations of a chain, n = 1 … N, with their addresses. The addresses follow from the
 * chain alone, before anything is computed, since a generation's bits follow from its parents'
 * addresses.
 */
export function jobsOf<C>(chain: Chain<C>, real: RealEntry): Job[] {
  const { task, config, regime, seed, iterations } = chain;
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new UserError(`A chain needs at least 1 iteration, not ${iterations}.`);
  if (!Number.isInteger(seed)) throw new UserError(`A seed must be an integer, not ${seed}.`);
  const jobs: Job[] = [];
  for (let n = 1; n <= iterations; n++) {
    const plan = regime.plan(n, real.items);
    const blocks = [...new Set(plan.parts.map((part) => part.block))];
    if (blocks.some((block) => block < 1 || block > n))
      throw new UserError(
        `Regime ${regime.name} asks for block ${Math.max(...blocks)} at iteration ${n}; blocks 1 … ${n} exist then.`,
      );
    const parents: Record<string, string> = {};
    for (const block of blocks) if (block > 1) parents[block] = jobs[block - 2].address;
    const identity: GenerationIdentity = {
      what: "generation",
      task: task.name,
      version: task.version,
      config,
      seed,
      n,
      plan,
      real: real.address,
      data: real.data,
      parents,
    };
    jobs.push({
      address: addressOf(identity),
      identity,
      task: task as Task<unknown>,
      needs: Object.values(parents),
      cost: plannedItems(plan.parts, plan.subsample, jobs, real.items) + plan.produce,
      label: `${task.name}, ${regime.name}, seed ${seed}, iteration ${n}`,
    });
  }
  return jobs;
}

function plannedItems(
  parts: GenerationIdentity["plan"]["parts"],
  subsample: number | undefined,
  earlier: readonly Job[],
  realItems: number,
): number {
  if (subsample !== undefined) return subsample;
  let items = 0;
  for (const part of parts) {
    const whole = part.block === 1 ? realItems : earlier[part.block - 2].identity.plan.produce;
    items += part.draw ?? (part.range ? part.range[1] - part.range[0] : whole);
  }
  return items;
}
