import { engine, type Tensor } from "./load";

/** Maximum number of constants that are kept; the one that was not used for longest is dropped first. */
const MAX_KEPT = 256;

const kept = new Map<string, Tensor>();

/**
 * A vector of int32 that an operation takes as an argument: a shape, axes, sizes. It is kept and shared,
 * because making one takes as long as a small operation: do not dispose of it.
 */
export const int32Vector = (values: ArrayLike<number>): Tensor =>
  constant(`[${Array.prototype.join.call(values, ",")}]`, () =>
    engine().tf.tensor1d(Int32Array.from(values), "int32"),
  );

/** An int32 number that an operation takes as an argument; see {@link int32Vector}. */
export const int32Scalar = (value: number): Tensor =>
  constant(String(value), () => engine().tf.scalar(value, "int32"));

function constant(key: string, make: () => Tensor): Tensor {
  const tensor = kept.get(key) ?? engine().tf.keep(make());
  // Last in order: what the same operation takes beside it is not dropped for it.
  kept.delete(key);
  kept.set(key, tensor);
  if (kept.size > MAX_KEPT) {
    const [oldest] = kept.keys();
    kept.get(oldest)!.dispose();
    kept.delete(oldest);
  }
  return tensor;
}
