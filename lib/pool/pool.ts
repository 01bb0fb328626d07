import { UserError } from "../errors";
import type { Block } from "./block";
import type { Schema } from "./schema";

/** An append-only list of blocks, numbered from 1: block 1 is real, block n+1 came from model n. */
export interface Pool {
  readonly schema: Schema;
  /** Numbers of the blocks at hand, ascending. */
  readonly numbers: readonly number[];
  /** @throws UserError if the pool has no block of this number */
  block(number: number): Block;
  close(): void;
}

/**
 * A pool made of blocks that lie wherever they lie (the run store keeps each in the folder of the
 * generation that made it). Only the blocks that are going to be read need to be there.
 */
export function poolOf(blocks: ReadonlyMap<number, Block>): Pool {
  const numbers = [...blocks.keys()].sort((a, b) => a - b);
  if (numbers.length === 0)
    throw new UserError("The pool is empty: it needs at least the block of real data.");
  const { schema } = blocks.get(numbers[0])!;
  for (const number of numbers)
    if (!sameSchema(schema, blocks.get(number)!.schema))
      throw new UserError(
        `Block ${number} holds ${JSON.stringify(blocks.get(number)!.schema)}, but block ` +
          `${numbers[0]} holds ${JSON.stringify(schema)}: a pool's blocks must be alike.`,
      );
  return {
    schema,
    numbers,
    block(number) {
      const block = blocks.get(number);
      if (block) return block;
      throw new UserError(
        `The pool has no block ${number}; it has ${numbers.join(", ")}. ` +
          `Block ${number} is what model ${number - 1} samples.`,
      );
    },
    close() {
      for (const block of blocks.values()) block.close();
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
