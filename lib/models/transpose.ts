import { sizeOf } from "../sizeOf";

/**
 * The elements of an array of this shape with its axes in another order.
 * @param order the axes of `shape`, in the order of the result
 * @param reversed axes of `shape` along which the elements stand in reverse
 */
export function transpose(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
  reversed: readonly number[] = [],
): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => (reversed.includes(axis) ? -strides[axis] : strides[axis]));
  const out = new Float32Array(data.length);
  const index = sizes.map(() => 0);
  let from = reversed.reduce((sum, axis) => sum + (shape[axis] - 1) * strides[axis], 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[from];
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < sizes[axis]) break;
      from -= steps[axis] * sizes[axis];
      index[axis] = 0;
    }
  }
  return out;
}
