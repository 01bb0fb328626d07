// Operations along the rows of a matrix [n, d].

import { attribute, FLOAT, run, TYPE } from "./kernel";
import { matMul } from "./linear";
import { engine, type Tensor } from "./load";

export const square = (x: Tensor): Tensor => run("Square", FLOAT, x);
export const rsqrt = (x: Tensor): Tensor => run("Rsqrt", FLOAT, x);

/** x + a number that comes up again and again: it is kept. */
export const shifted = (x: Tensor, by: number): Tensor => run("AddV2", FLOAT, x, constant(by));
/** x · a number that comes up again and again: it is kept (`scale` is for numbers that do not). */
export const scaled = (x: Tensor, by: number): Tensor => run("Mul", FLOAT, x, constant(by));

/** Mean of every row, [n, 1]. */
export function rowMeans(x: Tensor): Tensor {
  const width = x.shape[1]!;
  // A product with a column is twice as fast as TensorFlow's Mean.
  return matMul(x, column(width));
}

/** Sum of every last dimension, kept as a dimension of size 1. */
export function lastSums(x: Tensor): Tensor {
  return run("Sum", SUM, x, last());
}
const SUM = [attribute.bool("keep_dims", true), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

const columns = new Map<number, Tensor>();
const constants = new Map<number, Tensor>();
let minusOne: Tensor | undefined;

function column(width: number): Tensor {
  let found = columns.get(width);
  if (!found) {
    const { tf } = engine();
    found = tf.keep(tf.fill([width, 1], 1 / width));
    columns.set(width, found);
  }
  return found;
}

function constant(value: number): Tensor {
  let found = constants.get(value);
  if (!found) {
    const { tf } = engine();
    found = tf.keep(tf.scalar(value));
    constants.set(value, found);
  }
  return found;
}

function last(): Tensor {
  const { tf } = engine();
  minusOne ??= tf.keep(tf.tensor1d([-1], "int32"));
  return minusOne;
}
