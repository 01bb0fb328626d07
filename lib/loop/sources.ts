import { suggestion, UserError } from "../errors";
import { sameSchema } from "../pool/pool";
import type { Part } from "../pool/regime";
import type { Job, Prepared } from "./jobs";

/** The block that a part of a plan takes its items from. */
export interface PartSource {
  /** Of the block's entry, or of the real data's if it is block 1. */
  readonly address: string;
  readonly items: number;
}

/**
 * Finds the block of a part among the chain's own and those of the chains that it names.
 * @param n the iteration whose plan it is; blocks 1 … n exist then
 * @param all of each chain of the run the generations before n
 * @throws UserError if there is no such chain or block, or its items are made otherwise
 */
export function sourceOf(
  { block, chain: name }: Part,
  n: number,
  one: Prepared,
  all: ReadonlyMap<Prepared, readonly Job[]>,
): PartSource {
  const { regime } = one.chain;
  const owner = name === undefined ? one : chainNamed(name, one, [...all.keys()]);
  const whose = name === undefined ? "" : ` of chain "${name}"`;
  if (!(Number.isInteger(block) && block >= 1 && block <= n))
    throw new UserError(
      `Regime ${regime.name} asks for block ${block}${whose} at iteration ${n}; blocks 1 … ${n} exist then.`,
    );
  if (block - 1 > owner.chain.iterations)
    throw new UserError(
      `Regime ${regime.name} asks for block ${block}${whose} at iteration ${n}, but that chain has only ${owner.chain.iterations} iterations.`,
    );
  if (block === 1) return { address: owner.real.address, items: owner.real.items };
  const { stages, generation } = all.get(owner)![block - 2];
  return { address: stages.block.address, items: generation.plan.produce };
}

function chainNamed(name: string, one: Prepared, all: readonly Prepared[]): Prepared {
  const { regime, seed, task, config } = one.chain;
  const beside = all.filter(({ chain }) => chain.seed === seed && chain.name !== undefined);
  const found = beside.filter(({ chain }) => chain.name === name);
  if (found.length === 0)
    throw new UserError(
      `Regime ${regime.name} asks for blocks of the chain "${name}", but no chain of this run with seed ${seed} has that name.` +
        suggestion(
          name,
          beside.map(({ chain }) => String(chain.name)),
        ),
    );
  if (found.length > 1)
    throw new UserError(
      `Regime ${regime.name} asks for blocks of the chain "${name}", but ${found.length} chains of this run with seed ${seed} have that name.`,
    );
  const [other] = found;
  if (!sameSchema(task.schema(config), other.chain.task.schema(other.chain.config)))
    throw new UserError(
      `Regime ${regime.name} asks for blocks of the chain "${name}", but the items of task "${other.chain.task.name}" are made of other fields than those of task "${task.name}".`,
    );
  return other;
}
