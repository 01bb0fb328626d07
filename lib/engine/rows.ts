// Operations along the rows of a matrix [n, d].

import { toTypeOf } from "./bfloat16";
import { int32Vector } from "./constants";
import { attribute, FLOAT, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";
import { matmul } from "./matmul";
import { isBfloat16 } from "./nativeTensor";
import { tidy } from "./tidy";

export const square = (x: Tensor): Tensor => run("Square", FLOAT, x);
export const rsqrt = (x: Tensor): Tensor => run("Rsqrt", FLOAT, x);

/** Adds a constant; its tensor is cached by value. */
export const addScalar = (x: Tensor, value: number): Tensor =>
  run("AddV2", FLOAT, x, constant(value, x));
/** Multiplies by a constant; its tensor is cached by value (`scale` caches nothing). */
export const scaleCached = (x: Tensor, factor: number): Tensor =>
  run("Mul", FLOAT, x, constant(factor, x));

/** Mean of each row, [n, 1]. */
export function rowMeans(x: Tensor): Tensor {
  const width = x.shape[1]!;
  // A product with a column is twice as fast as TensorFlow's Mean.
  return matmul(x, column(width));
}

/** Sums over the last axis, which is kept with size 1. */
export const lastSums = (x: Tensor): Tensor => run("Sum", SUM, x, int32Vector([-1]));
const SUM = [attribute.bool("keep_dims", true), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

const columns = new Map<number, Tensor>();
const constants = new Map<number, Tensor>();
const roundedConstants = new Map<number, Tensor>();

/** [width, 1], filled with 1 / width. */
const column = (width: number): Tensor =>
  getOrCreate(columns, width, () => engine().tf.fill([width, 1], 1 / width));

/** A scalar in the type of the tensor that it meets. */
const constant = (value: number, met: Tensor): Tensor =>
  getOrCreate(isBfloat16(met) ? roundedConstants : constants, value, () =>
    toTypeOf(met, engine().tf.scalar(value)),
  );

function getOrCreate(cache: Map<number, Tensor>, key: number, make: () => Tensor): Tensor {
  const known = cache.get(key);
  if (known) return known;
  const tensor = engine().tf.keep(tidy(make));
  cache.set(key, tensor);
  return tensor;
}
