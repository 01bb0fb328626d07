import { UserError } from "../errors";
import type { Plan } from "../pool/regime";
import { addressOf } from "../store/address";
import type { Chain } from "./chain";
import type { RealEntry } from "./real";
import { type GenerationSpec, type Stage, type Stages, stagesOf } from "./stages";
import type { Task } from "./task";

/** One generation to be made; chains that agree on everything so far share it. */
export interface Job {
  /** The same for generations that have all stages in common. */
  readonly id: string;
  readonly generation: GenerationSpec;
  readonly stages: Stages;
  readonly task: Task<unknown>;
  /** Addresses of the blocks that it is trained on, real data left out. */
  readonly needs: readonly string[];
  /** Work in items, trained on and sampled. For time estimates only. */
  readonly cost: { readonly fit: number; readonly sample: number };
  /** "images, replace, seed 0, iteration 2": for messages. */
  readonly label: string;
}

export const allStages = ({ stages: { fit, block, evaluations } }: Job): Stage[] => [
  fit,
  block,
  ...evaluations,
];

/**
 * The generations of a chain, n = 1 … N, with the addresses of their stages. The addresses follow
 * from the chain alone, before anything is computed, since a fit's bits follow from the addresses of
 * the blocks that it is trained on.
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
    for (const block of blocks)
      if (block > 1) parents[block] = jobs[block - 2].stages.block.address;
    const generation: GenerationSpec = {
      ...{ task: task.name, config, seed, n, plan, parents },
      ...{ real: real.address, data: real.data },
    };
    const stages = stagesOf(task, generation);
    const { fit, block, evaluations } = stages;
    jobs.push({
      id: addressOf([fit, block, ...evaluations].map(({ address }) => address)),
      ...{ generation, stages },
      task: task as Task<unknown>,
      needs: Object.values(parents),
      cost: { fit: trainingItems(plan, jobs, real.items), sample: plan.produce },
      label: `${task.name}, ${regime.name}, seed ${seed}, iteration ${n}`,
    });
  }
  return jobs;
}

function trainingItems(plan: Plan, earlier: readonly Job[], realItems: number): number {
  if (plan.subsample !== undefined) return plan.subsample;
  let items = 0;
  for (const { block, draw, range } of plan.parts) {
    const whole = block === 1 ? realItems : earlier[block - 2].generation.plan.produce;
    items += draw ?? (range ? range[1] - range[0] : whole);
  }
  return items;
}
