// Operations along the rows of a matrix [n, d].

import { attribute, FLOAT, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { float32Matmul } from "./matmul";

export const square = (x: Tensor): Tensor => run("Square", FLOAT, x);
export const rsqrt = (x: Tensor): Tensor => run("Rsqrt", FLOAT, x);

/** Adds a constant; its tensor is cached by value. */
export const addScalar = (x: Tensor, value: number): Tensor =>
  run("AddV2", FLOAT, x, constant(value));
/** Multiplies by a constant; its tensor is cached by value (`scale` caches nothing). */
export const scaleCached = (x: Tensor, factor: number): Tensor =>
  run("Mul", FLOAT, x, constant(factor));

/** Mean of each row, [n, 1]. */
export function rowMeans(x: Tensor): Tensor {
  const width = x.shape[1]!;
  // A product with a column is twice as fast as TensorFlow's Mean.
  return float32Matmul(x, column(width));
}

/** Sums over the last axis, which is kept with size 1. */
export function lastSums(x: Tensor): Tensor {
  minusOne ??= engine().tf.keep(engine().tf.tensor1d([-1], "int32"));
  return run("Sum", SUM, x, minusOne);
}
const SUM = [attribute.bool("keep_dims", true), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

let minusOne: Tensor | undefined;
const columns = new Map<number, Tensor>();
const constants = new Map<number, Tensor>();

/** [width, 1], filled with 1 / width. */
const column = (width: number): Tensor =>
  getOrCreate(columns, width, () => engine().tf.fill([width, 1], 1 / width));

const constant = (value: number): Tensor =>
  getOrCreate(constants, value, () => engine().tf.scalar(value));

function getOrCreate(cache: Map<number, Tensor>, key: number, make: () => Tensor): Tensor {
  const known = cache.get(key);
  if (known) return known;
  const tensor = engine().tf.keep(make());
  cache.set(key, tensor);
  return tensor;
}
