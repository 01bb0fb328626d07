import { UserError } from "../errors";
import { blockName } from "../pool/regime";
import { addressOf } from "../store/address";
import type { Chain } from "./chain";
import type { RealEntry } from "./real";
import { itemsOf, simplifyPlan } from "./simplifyPlan";
import { sourceOf } from "./sources";
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

/** A chain whose config is validated, and its real data. */
export interface Prepared {
  readonly chain: Chain;
  readonly real: RealEntry;
}

/**
 * The generations of chains, n = 1 … N of each, with the addresses of their stages. The addresses
 * follow from the chains alone, before anything is computed, since a fit's bits follow from the
 * addresses of the blocks that it is trained on.
 * @throws UserError if a regime asks for what its task or the other chains do not have
 */
export function jobsOfAll(prepared: readonly Prepared[]): Job[][] {
  const all = new Map<Prepared, Job[]>(prepared.map((one) => [one, []]));
  for (const { chain } of prepared) checkChain(chain);
  const last = Math.max(0, ...prepared.map(({ chain }) => chain.iterations));
  // Round by round, so that chains can be trained on each other's earlier blocks.
  for (let n = 1; n <= last; n++)
    for (const [one, jobs] of all) if (n <= one.chain.iterations) jobs.push(jobAt(n, one, all));
  return prepared.map((one) => all.get(one)!);
}

/** The generations of one chain that names no others. */
export function jobsOf<C>(chain: Chain<C>, real: RealEntry): Job[] {
  return jobsOfAll([{ chain: chain as unknown as Chain, real }])[0];
}

function checkChain({ iterations, seed }: Chain): void {
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new UserError(`A chain needs at least 1 iteration, not ${iterations}.`);
  if (!Number.isInteger(seed)) throw new UserError(`A seed must be an integer, not ${seed}.`);
}

/** @param all of each chain the generations before n */
function jobAt(n: number, one: Prepared, all: ReadonlyMap<Prepared, readonly Job[]>): Job {
  const { task, config, regime, seed } = one.chain;
  const written = regime.plan(n, one.real.items);
  const { parts } = written;
  if (!task.weighted && parts.some(({ weight }) => weight !== undefined))
    throw new UserError(
      `Regime ${regime.name} gives parts of the training set a weight, which the fit of task "${task.name}" cannot use: choose another regime, or a task that is \`weighted\`.`,
    );
  const parents: Record<string, string> = {};
  const needs: string[] = [];
  const blockItems: number[] = [];
  for (const part of parts) {
    const source = sourceOf(part, n, one, all);
    blockItems.push(source.items);
    if (part.chain !== undefined || part.block > 1) parents[blockName(part)] = source.address;
    if (part.block > 1) needs.push(source.address);
  }
  const plan = simplifyPlan(written, blockItems);
  const items = parts.reduce((sum, part, i) => sum + itemsOf(part, blockItems[i]), 0);
  const generation: GenerationSpec = {
    ...{ task: task.name, config, seed, n, plan, parents },
    ...{ real: one.real.address, data: one.real.data },
  };
  const stages = stagesOf(task, generation);
  const { fit, block, evaluations } = stages;
  return {
    id: addressOf([fit, block, ...evaluations].map(({ address }) => address)),
    ...{ generation, stages, task, needs },
    cost: { fit: plan.subsample ?? items, sample: plan.produce },
    label: `${task.name}, ${regime.name}, seed ${seed}, iteration ${n}`,
  };
}
