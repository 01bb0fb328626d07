// 2-d convolutions over [n, height, width, channels] with square filters [k, k, in, out].
// Output height = ⌈height / stride⌉. The padding is split evenly; an odd row or column goes to the
// bottom or the right (TensorFlow's "SAME").

import { biasAdd } from "./bias";
import { inputGradientByProduct, isDeep } from "./convolutionByProduct";
import { attribute, FLOAT, ONE_DNN, run } from "./kernel";
import { type Attribute, engine, type Tensor } from "./load";
import { tidy } from "./tidy";

type Shape = readonly number[];

/** x ∗ filter. */
export const convolve = (x: Tensor, filter: Tensor, stride: number): Tensor =>
  run("Conv2D", same(stride), x, filter);

/** x ∗ filter + bias. */
export function convolveBiased(x: Tensor, filter: Tensor, bias: Tensor, stride: number): Tensor {
  return biasKernel()
    ? oneDnnBiased(x, filter, bias, stride)
    : plainBiased(x, filter, bias, stride);
}

/** Plain reference of {@link convolveBiased}. */
export const plainBiased = (x: Tensor, filter: Tensor, bias: Tensor, stride: number): Tensor =>
  tidy(() => biasAdd(convolve(x, filter, stride), bias));

/**
 * Without a second pass over the result, by a kernel that not every build has. On some processors it
 * adds the bias first, which rounds differently.
 */
function oneDnnBiased(x: Tensor, filter: Tensor, bias: Tensor, stride: number): Tensor {
  return run("_MklNativeConv2DWithBias", biasAttributes(stride), x, filter, bias);
}

let hasBiasKernel: boolean | undefined;

function biasKernel(): boolean {
  const { tf } = engine();
  hasBiasKernel ??= tidy(() => {
    const [two, three] = [tf.fill([1, 1, 1, 1], 2), tf.tensor1d([3])];
    try {
      return oneDnnBiased(two, two, three, 1).dataSync()[0] === 7;
    } catch {
      return false;
    }
  });
  return hasBiasKernel;
}

/**
 * Gradient of {@link convolve} with respect to its input of the given shape; as a function of dy it
 * is the transposed convolution.
 */
export function convolveInputGradient(
  shape: Shape,
  filter: Tensor,
  dy: Tensor,
  stride: number,
): Tensor {
  if (isDeep(shape, filter.shape, stride)) return inputGradientByProduct(filter, dy);
  // oneDNN's kernel is four times slower than Eigen's where the result has one or three channels.
  const attributes = shape[3] < 8 ? explicit(stride, shape, filter.shape[0]) : same(stride);
  return withShape(shape, (sizes) => run("Conv2DBackpropInput", attributes, sizes, filter, dy));
}

/** Gradient of {@link convolve} with respect to its filter of the given shape. */
export function convolveFilterGradient(
  x: Tensor,
  shape: Shape,
  dy: Tensor,
  stride: number,
): Tensor {
  return withShape(shape, (sizes) => run("Conv2DBackpropFilter", same(stride), x, sizes, dy));
}

function withShape(shape: Shape, use: (sizes: Tensor) => Tensor): Tensor {
  const sizes = engine().tf.tensor1d([...shape], "int32");
  const result = use(sizes);
  sizes.dispose();
  return result;
}

const known = new Map<string, readonly Attribute[]>();

function same(stride: number): readonly Attribute[] {
  return attributes(`${stride}`, stride, "SAME", []);
}

function biasAttributes(stride: number): readonly Attribute[] {
  return attributes(`${stride} biased`, stride, "SAME", [], [ONE_DNN]);
}

/** "SAME" spelled out as numbers, for which TensorFlow takes Eigen's kernel instead of oneDNN's. */
function explicit(stride: number, [, height, width]: Shape, kernel: number): readonly Attribute[] {
  const pads = [height!, width!].flatMap((size) => {
    const all = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
    return [all >> 1, all - (all >> 1)];
  });
  return attributes(`${stride} ${pads}`, stride, "EXPLICIT", [0, 0, ...pads, 0, 0]);
}

function attributes(
  key: string,
  stride: number,
  padding: string,
  pads: number[],
  more: Attribute[] = [],
) {
  const list = known.get(key) ?? [
    ...FLOAT,
    attribute.ints("strides", [1, stride, stride, 1]),
    attribute.ints("dilations", [1, 1, 1, 1]),
    attribute.string("data_format", "NHWC"),
    attribute.bool("use_cudnn_on_gpu", true),
    attribute.string("padding", padding),
    attribute.ints("explicit_paddings", pads),
    ...more,
  ];
  known.set(key, list);
  return list;
}
