// Cutting tensors and putting them together again.

import { attribute, FLOAT, run, runMany, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { tidy } from "./tidy";

const INDEX = attribute.type("Tlen", TYPE.int32);

/** Pieces of the given lengths along a dimension; along the first one they share x's memory. */
export function split(x: Tensor, lengths: ArrayLike<number>, axis = 0): Tensor[] {
  const { tf } = engine();
  const count = lengths.length;
  return tidy(() =>
    runMany(
      "SplitV",
      count,
      [attribute.int("num_split", count), ...FLOAT, INDEX],
      x,
      tf.tensor1d(Int32Array.from(lengths), "int32"),
      tf.scalar(axis, "int32"),
    ),
  );
}

/** The inverse of {@link split}. */
export function join(pieces: readonly Tensor[], axis = 0): Tensor {
  if (pieces.length === 1) return pieces[0].clone();
  const { tf } = engine();
  return tidy(() =>
    run(
      "ConcatV2",
      [attribute.int("N", pieces.length), ...FLOAT, attribute.type("Tidx", TYPE.int32)],
      ...pieces,
      tf.scalar(axis, "int32"),
    ),
  );
}

const PERMUTATION = [...FLOAT, attribute.type("Tperm", TYPE.int32)];

/** x with its dimensions in another order. */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const { tf } = engine();
  return tidy(() => run("Transpose", PERMUTATION, x, tf.tensor1d([...order], "int32")));
}

const GATHER = [
  attribute.type("Tparams", TYPE.float32),
  attribute.type("Tindices", TYPE.int32),
  attribute.type("Taxis", TYPE.int32),
  attribute.int("batch_dims", 0),
];

/** Rows of a table [rows, …] by number. */
export function gatherRows(table: Tensor, rows: Int32Array): Tensor {
  const { tf } = engine();
  return tidy(() =>
    run("GatherV2", GATHER, table, tf.tensor1d(rows, "int32"), tf.scalar(0, "int32")),
  );
}

const SEGMENTS = [
  ...FLOAT,
  attribute.type("Tindices", TYPE.int32),
  attribute.type("Tnumsegments", TYPE.int32),
];

/** Gradient of {@link gatherRows} with respect to a table of `count` rows: rows summed by number. */
export function scatterRows(dy: Tensor, rows: Int32Array, count: number): Tensor {
  const { tf } = engine();
  return tidy(() =>
    run("UnsortedSegmentSum", SEGMENTS, dy, tf.tensor1d(rows, "int32"), tf.scalar(count, "int32")),
  );
}
