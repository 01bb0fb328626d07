import { UserError } from "../errors";
import type { Stream } from "../random/stream";
import { concat, pick } from "./batch";
import { checkIndex, checkRange } from "./checks";
import type { Pool } from "./pool";
import type { Plan } from "./regime";
import type { Batch, Schema } from "./schema";
import type { Segment } from "./segment";
import { itemAt, segmentOf } from "./segment";
import type { Origin, View } from "./view";

/**
 * The training set that a plan takes from a pool. Whole parts and ranges cost no memory; draws
 * cost four bytes an item. Drawn items stand in the order of their block.
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
  if (plan.subsample === undefined) return new PoolView(pool, segments, total);
  if (plan.subsample > total)
    throw new UserError(
      `The plan draws ${plan.subsample} items without replacement out of only ${total}.`,
    );
  if (!(plan.subsample >= 1))
    throw new UserError(`The plan draws ${plan.subsample} items; it must draw at least one.`);
  const chosen = stream.at("subsample").subset(total, plan.subsample);
  return new PoolView(pool, segments, chosen.length, chosen);
}

function describe(pool: Pool): string {
  return pool.numbers.map((n) => `block ${n} (${pool.block(n).length} items)`).join(", ");
}

class PoolView implements View {
  readonly schema: Schema;

  constructor(
    private readonly pool: Pool,
    private readonly segments: readonly Segment[],
    readonly length: number,
    /** Positions in the concatenated parts, ascending; all of them when absent. */
    private readonly chosen?: Uint32Array,
  ) {
    this.schema = pool.schema;
  }

  provenance(i: number): Origin {
    checkIndex(i, this.length);
    const position = this.chosen ? this.chosen[i] : i;
    const segment = this.segments[this.#find(position)];
    return { block: segment.block, index: itemAt(segment, position - segment.start) };
  }

  gather(indices: ArrayLike<number>): Batch {
    const lists = new Map<number, number[]>();
    const sources = new Uint32Array(indices.length);
    const places = new Uint32Array(indices.length);
    const order: number[] = [];
    for (let i = 0; i < indices.length; i++) {
      const { block, index } = this.provenance(indices[i]);
      let list = lists.get(block);
      if (!list) {
        list = [];
        lists.set(block, list);
        order.push(block);
      }
      sources[i] = order.indexOf(block);
      places[i] = list.push(index) - 1;
    }
    const batches = order.map((block) => this.pool.block(block).gather(lists.get(block)!));
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
      const { block, start, length, items, from: first } = this.segments[k];
      const low = Math.max(from - start, 0);
      const high = Math.min(to - start, length);
      if (high <= low) continue;
      const source = this.pool.block(block);
      batches.push(
        items ? source.gather(items.subarray(low, high)) : source.range(first + low, first + high),
      );
    }
    return concat(this.schema, batches);
  }

  counts(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    const add = (block: number, items: number) =>
      items > 0 && counts.set(block, (counts.get(block) ?? 0) + items);
    if (!this.chosen) {
      for (const { block, length } of this.segments) add(block, length);
      return counts;
    }
    let k = 0;
    for (const position of this.chosen) {
      while (position >= this.segments[k].start + this.segments[k].length) k++;
      add(this.segments[k].block, 1);
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
