import { UserError } from "../errors";
import type { Stream } from "../random/stream";
import type { Block } from "./block";
import { checkRange } from "./checks";
import type { Pool } from "./pool";
import type { Part } from "./regime";

/** Consecutive items of a view that come from one block. */
export interface Segment {
  readonly block: number;
  readonly chain?: string;
  readonly source: Block;
  readonly weight: number;
  /** First item of the block, when the segment is a run. */
  readonly from: number;
  readonly length: number;
  /** Items of the block, when the segment was drawn at random. */
  readonly items?: Uint32Array;
  /** Position of the segment's first item before the plan's subsample. */
  readonly start: number;
}

/**
 * What a part of a plan takes from its block. `start` is the number of items before it.
 * @throws UserError if the block holds fewer items than the part takes
 */
export function segmentOf(part: Part, pool: Pool, stream: Stream, start: number): Segment {
  const { block, chain, weight = 1 } = part;
  const source = pool.block(block, chain);
  const { length } = source;
  const [from, to] = part.range ?? [0, length];
  const whose = chain === undefined ? "" : ` of chain "${chain}"`;
  const name = (block === 1 ? "the real data" : `block ${block}`) + whose;
  if (!(weight > 0 && Number.isFinite(weight)))
    throw new UserError(`The plan gives ${name} the weight ${weight}; it must be positive.`);
  const of = { block, ...(chain === undefined ? {} : { chain }), source, weight, start };
  if (to > length)
    throw new UserError(
      `The plan asks for items ${from} … ${to - 1} of ${name}, which hold only ${length}: ` +
        "use fewer iterations, a smaller share or more data.",
    );
  checkRange(from, to, length);
  if (part.draw === undefined) return { ...of, from, length: to - from };
  if (part.draw > to - from)
    throw new UserError(
      `The plan draws ${part.draw} items of ${name} without replacement, where there are ${to - from}.`,
    );
  const items = stream.subset(to - from, part.draw);
  for (let i = 0; i < items.length; i++) items[i] += from;
  return { ...of, from, length: items.length, items };
}

/** Item of the block that stands `offset` places after the segment's first. */
export function itemAt(segment: Segment, offset: number): number {
  return segment.items ? segment.items[offset] : segment.from + offset;
}
