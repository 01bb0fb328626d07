import { UserError } from "../errors";
import type { Stream } from "../random/stream";
import { concat, pick } from "./batch";
import type { Block } from "./block";
import { checkIndex, checkRange } from "./checks";
import type { Pool } from "./pool";
import { blockName, type Plan } from "./regime";
import type { Batch, Schema } from "./schema";
import type { Segment } from "./segment";
import { itemAt, segmentOf } from "./segment";
import type { Origin, View } from "./view";

/**
 * The training set that a plan takes from a pool. Whole parts and ranges cost no memory; draws
 * cost four bytes per item. Drawn items stand in the order of their block.
 * @param stream decides the draws; each part and the subsample have their own sub-stream
 * @throws UserError if the plan asks for a block, a range or more items than there are, or for none
 */
export function viewOf(plan: Plan, pool: Pool, stream: Stream): View {
  let total = 0;
  const segments = plan.parts.map((part, k) => {
    const segment = segmentOf(part, pool, stream.at("part", k), total);
    total += segment.length;
    return segment;
  });
  if (total === 0)
    throw new UserError(
      `The training set is empty: the plan takes no item from ${describe(pool)}.`,
    );
  if (plan.subsample === undefined) return new PoolView(pool.schema, segments, total);
  if (plan.subsample > total)
    throw new UserError(
      `The plan draws ${plan.subsample} items without replacement out of only ${total}.`,
    );
  if (!(plan.subsample >= 1))
    throw new UserError(`The plan draws ${plan.subsample} items; it must draw at least one.`);
  const chosen = stream.at("subsample").subset(total, plan.subsample);
  return new PoolView(pool.schema, segments, chosen.length, chosen);
}

function describe(pool: Pool): string {
  return pool.numbers.map((n) => `block ${n} (${pool.block(n).length} items)`).join(", ");
}

class PoolView implements View {
  constructor(
    readonly schema: Schema,
    private readonly segments: readonly Segment[],
    readonly length: number,
    /** Positions in the concatenated parts, ascending; all of them when absent. */
    private readonly chosen?: Uint32Array,
  ) {}

  provenance(i: number): Origin {
    checkIndex(i, this.length);
    const position = this.chosen ? this.chosen[i] : i;
    const segment = this.segments[this.#find(position)];
    const { block, chain, start } = segment;
    const index = itemAt(segment, position - start);
    return { block, ...(chain === undefined ? {} : { chain }), index };
  }

  weight(i: number): number {
    checkIndex(i, this.length);
    return this.segments[this.#find(this.chosen ? this.chosen[i] : i)].weight;
  }

  gather(indices: ArrayLike<number>): Batch {
    const lists = new Map<Block, number[]>();
    const sources = new Uint32Array(indices.length);
    const places = new Uint32Array(indices.length);
    const order: Block[] = [];
    for (let i = 0; i < indices.length; i++) {
      checkIndex(indices[i], this.length);
      const position = this.chosen ? this.chosen[indices[i]] : indices[i];
      const segment = this.segments[this.#find(position)];
      const { source, start } = segment;
      let list = lists.get(source);
      if (!list) {
        list = [];
        lists.set(source, list);
        order.push(source);
      }
      sources[i] = order.indexOf(source);
      places[i] = list.push(itemAt(segment, position - start)) - 1;
    }
    const batches = order.map((source) => source.gather(lists.get(source)!));
    if (batches.length === 1) return batches[0];
    return pick(this.schema, batches, sources, places);
  }

  range(from: number, to: number): Batch {
    checkRange(from, to, this.length);
    if (this.chosen || from === to) {
      const indices = Float64Array.from({ length: to - from }, (_, i) => from + i);
      return this.gather(indices);
    }
    const batches: Batch[] = [];
    for (let k = this.#find(from); k < this.segments.length; k++) {
      const { source, start, length, items, from: first } = this.segments[k];
      const low = Math.max(from - start, 0);
      const high = Math.min(to - start, length);
      if (high <= low) continue;
      batches.push(
        items ? source.gather(items.subarray(low, high)) : source.range(first + low, first + high),
      );
    }
    return concat(this.schema, batches);
  }

  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const add = (segment: Segment, items: number) => {
      const name = blockName(segment);
      if (items > 0) counts.set(name, (counts.get(name) ?? 0) + items);
    };
    if (!this.chosen) {
      for (const segment of this.segments) add(segment, segment.length);
      return counts;
    }
    let k = 0;
    for (const position of this.chosen) {
      while (position >= this.segments[k].start + this.segments[k].length) k++;
      add(this.segments[k], 1);
    }
    return counts;
  }

  /** Number of the segment that holds a position. */
  #find(position: number): number {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle].start <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
