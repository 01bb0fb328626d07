import { UserError } from "../errors";
import type { Block } from "./block";
import { blockName } from "./regime";
import type { Schema } from "./schema";

/** An append-only list of blocks, numbered from 1: block 1 is real, block n+1 came from model n. */
export interface Pool {
  readonly schema: Schema;
  /** Numbers of the blocks it has, ascending. */
  readonly numbers: readonly number[];
  /**
   * @param chain name of another chain whose block it is
   * @throws UserError if the pool has no such block
   */
  block(number: number, chain?: string): Block;
  close(): void;
}

/**
 * A pool made of blocks wherever they are stored (each has an entry of its own in the run store).
 * Only the blocks that are going to be read need to be there.
 * @param foreign blocks of other chains, by {@link blockName}
 */
export function poolOf(
  blocks: ReadonlyMap<number, Block>,
  foreign: ReadonlyMap<string, Block> = new Map(),
): Pool {
  const numbers = [...blocks.keys()].sort((a, b) => a - b);
  const all = [...numbers.map((n) => [String(n), blocks.get(n)!] as const), ...foreign];
  if (all.length === 0)
    throw new UserError("The pool is empty: it needs at least the block of real data.");
  const [[first, { schema }]] = all;
  for (const [name, block] of all)
    if (!sameSchema(schema, block.schema))
      throw new UserError(
        `Block ${name} holds ${JSON.stringify(block.schema)}, but block ` +
          `${first} holds ${JSON.stringify(schema)}: a pool's blocks must be alike.`,
      );
  return {
    schema,
    numbers,
    block(number, chain) {
      const name = blockName({ block: number, chain });
      const block = chain === undefined ? blocks.get(number) : foreign.get(name);
      if (block) return block;
      if (chain !== undefined)
        throw new UserError(`The pool has no block ${number} of chain "${chain}".`);
      throw new UserError(
        `The pool has no block ${number}; it has ${numbers.join(", ")}. ` +
          `Block ${number} is what model ${number - 1} samples.`,
      );
    },
    close() {
      for (const [, block] of all) block.close();
    },
  };
}

/** Whether two schemas have the same fields, whatever the order in which they are written. */
export function sameSchema(a: Schema, b: Schema): boolean {
  const text = (schema: Schema) =>
    JSON.stringify(
      Object.keys(schema)
        .sort()
        .map((name) => {
          const { dtype, shape, ragged } = schema[name];
          return [name, dtype, shape, ragged === true];
        }),
    );
  return text(a) === text(b);
}
