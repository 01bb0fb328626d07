// Splitting, concatenating and transposing tensors.

import { attribute, FLOAT, run, runMany, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { tidy } from "./tidy";

const INDEX = attribute.type("Tlen", TYPE.int32);

/** Splits x into pieces of these lengths along an axis; along the first, they share x's memory. */
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
export function concat(pieces: readonly Tensor[], axis = 0): Tensor {
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

/** x with its axes in another order. */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const { tf } = engine();
  return tidy(() => run("Transpose", PERMUTATION, x, tf.tensor1d([...order], "int32")));
}
