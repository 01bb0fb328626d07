// Pairs of rows a < b of a table [N, …], each listed once, and sums over the pairs of a row.

import { add } from "./elementwise";
import { attribute, FLOAT, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { tidy } from "./tidy";

const GATHER = [
  attribute.type("Tparams", TYPE.float32),
  attribute.type("Tindices", TYPE.int32),
  attribute.type("Taxis", TYPE.int32),
  attribute.int("batch_dims", 0),
];

const SUMS = [
  ...FLOAT,
  attribute.type("Tidx", TYPE.int32),
  attribute.type("Tsegmentids", TYPE.int32),
  attribute.type("Tnumsegments", TYPE.int32),
  attribute.bool("sparse_gradient", false),
];

/** Assignment of the rows of a matrix [P, d] to `count` groups. */
export interface Grouping {
  /** Rows, sorted by group. */
  readonly rows: Int32Array;
  /** The group of each. */
  readonly groups: Int32Array;
  readonly count: number;
}

/** Groups rows by their group numbers, 0 … count−1. */
export function grouping(numbers: Int32Array, count: number): Grouping {
  const next = new Int32Array(count + 1);
  for (let p = 0; p < numbers.length; p++) next[numbers[p] + 1]++;
  for (let g = 0; g < count; g++) next[g + 1] += next[g];
  const rows = new Int32Array(numbers.length);
  const groups = new Int32Array(numbers.length);
  for (let p = 0; p < numbers.length; p++) {
    const at = next[numbers[p]]++;
    rows[at] = p;
    groups[at] = numbers[p];
  }
  return { rows, groups, count };
}

/** Sum of the rows of each group, [count, d]; four times as fast as UnsortedSegmentSum. */
export const groupSums = (x: Tensor, groups: Grouping): Tensor =>
  tidy(() => sums(x, tensorsOf(groups)));

type GroupTensors = readonly [rows: Tensor, groups: Tensor, count: Tensor];

function tensorsOf({ rows, groups, count }: Grouping): GroupTensors {
  const { tf } = engine();
  return [tf.tensor1d(rows, "int32"), tf.tensor1d(groups, "int32"), tf.scalar(count, "int32")];
}

const sums = (x: Tensor, groups: GroupTensors): Tensor =>
  run("SparseSegmentSumWithNumSegments", SUMS, x, ...groups);

/** P pairs of rows of a table [N, …], and the pairs of each row. */
export interface PairIndex {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly byLow: Grouping;
  readonly byHigh: Grouping;
}

/**
 * @param low P row numbers
 * @param high P row numbers, of the other row of each pair
 * @param rows N
 */
export const pairIndex = (low: Int32Array, high: Int32Array, rows: number): PairIndex => ({
  low,
  high,
  byLow: grouping(low, rows),
  byHigh: grouping(high, rows),
});

/** P pairs as tensors, which `tidy` releases. */
export class Pairs {
  readonly #low: Tensor;
  readonly #high: Tensor;
  readonly #byLow: GroupTensors;
  readonly #byHigh: GroupTensors;
  readonly #first: Tensor;

  constructor({ low, high, byLow, byHigh }: PairIndex) {
    const { tf } = engine();
    this.#low = tf.tensor1d(low, "int32");
    this.#high = tf.tensor1d(high, "int32");
    this.#byLow = tensorsOf(byLow);
    this.#byHigh = tensorsOf(byHigh);
    this.#first = tf.scalar(0, "int32");
  }

  /** The lower row of each pair, [P, d]. */
  low(x: Tensor): Tensor {
    return run("GatherV2", GATHER, x, this.#low, this.#first);
  }

  /** The higher row of each pair, [P, d]. */
  high(x: Tensor): Tensor {
    return run("GatherV2", GATHER, x, this.#high, this.#first);
  }

  /**
   * Sums of toLow over the pairs in which a row is the lower one, and of toHigh over those in which
   * it is the higher one; [N, d] from [P, d] each.
   */
  sums(toLow: Tensor, toHigh: Tensor): Tensor {
    return add(sums(toLow, this.#byLow), sums(toHigh, this.#byHigh));
  }
}
