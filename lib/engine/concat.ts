// Splitting, concatenating, transposing and reshaping tensors.

import { int32Scalar, int32Vector } from "./constants";
import { attribute, FLOAT, run, runMany, TYPE } from "./kernel";
import type { Attribute, Tensor } from "./load";

const INDEX = attribute.type("Tlen", TYPE.int32);
const AXIS = attribute.type("Tidx", TYPE.int32);

const splitInto = memo((count) => [attribute.int("num_split", count), ...FLOAT, INDEX]);
const concatOf = memo((count) => [attribute.int("N", count), ...FLOAT, AXIS]);

/** Attributes by count, each made once. */
function memo(make: (count: number) => Attribute[]): (count: number) => readonly Attribute[] {
  const known = new Map<number, readonly Attribute[]>();
  return (count) => {
    const attributes = known.get(count) ?? make(count);
    known.set(count, attributes);
    return attributes;
  };
}

/** Splits x into pieces of these lengths along an axis; along the first, they share x's memory. */
export function split(x: Tensor, lengths: ArrayLike<number>, axis = 0): Tensor[] {
  const count = lengths.length;
  return runMany("SplitV", count, splitInto(count), x, int32Vector(lengths), int32Scalar(axis));
}

/** The inverse of {@link split}. */
export function concat(pieces: readonly Tensor[], axis = 0): Tensor {
  if (pieces.length === 1) return pieces[0].clone();
  return run("ConcatV2", concatOf(pieces.length), ...pieces, int32Scalar(axis));
}

const PERMUTATION = [...FLOAT, attribute.type("Tperm", TYPE.int32)];

/** x with its axes in another order. */
export const permute = (x: Tensor, order: readonly number[]): Tensor =>
  run("Transpose", PERMUTATION, x, int32Vector(order));

const RESHAPE = [...FLOAT, attribute.type("Tshape", TYPE.int32)];

/** x in another shape, with its memory; for bfloat16 too, which `x.reshape` does not know. */
export const reshape = (x: Tensor, shape: readonly number[]): Tensor =>
  run("Reshape", RESHAPE, x, int32Vector(shape));
