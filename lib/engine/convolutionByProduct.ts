// Gradients of convolutions as one matrix product each, for shapes at which TensorFlow's kernels are slow:
// deep images of few pixels, and filters with few outputs. Names as in convolution.ts.

import { concat, permute, split } from "./concat";
import { add } from "./elementwise";
import { attribute, FLOAT, run } from "./kernel";
import { engine, type Tensor } from "./load";
import { matmul, matmulNT, matmulTN } from "./matmul";
import { tidy } from "./tidy";

type Shape = readonly number[];

/** From this many outputs on, the product is 2 to 25 times as fast as the kernel (1.5 times at 128). */
const DEEP = 256;

/** Whether {@link inputGradientByProduct} can stand for a convolution, and is faster. */
export const isDeep = ([, height, width]: Shape, [k, , , out]: Shape, stride: number): boolean =>
  stride === 2 && k === 3 && height! % 2 === 0 && width! % 2 === 0 && out! >= DEEP;

const BLOCKS = [...FLOAT, attribute.int("block_size", 2), attribute.string("data_format", "NHWC")];

/**
 * The gradient of x [n, 2h, 2w, in] from dy [n, h, w, out], where each pixel of y has seen 3 × 3 pixels of
 * x from twice its own position on: what each would add to its 9 pixels is a product with the filter
 * [3, 3, in, out]; then an even row of x collects from tap 0 of its own row of y and tap 2 of the one
 * before, an odd row from tap 1, and columns likewise.
 */
export function inputGradientByProduct(filter: Tensor, dy: Tensor): Tensor {
  const [n, h, w, out] = dy.shape as [number, number, number, number];
  const inputs = filter.shape[2]!;
  return tidy(() => {
    const taps = matmulNT(dy.reshape([n * h * w, out]), filter.reshape([9 * inputs, out]));
    const rows = collect(taps.reshape([n, h, w, 9 * inputs]), 3 * inputs, 1);
    const pixels = rows.flatMap((row) => collect(row, inputs, 2));
    return run("DepthToSpace", BLOCKS, concat(pixels, 3));
  });
}

/** Even and odd pixels along an axis from three taps side by side in the channels. */
function collect(taps: Tensor, channels: number, axis: number): [even: Tensor, odd: Tensor] {
  const [first, second, third] = split(taps, [channels, channels, channels], 3);
  return [add(first, movedByOne(third, axis)), second];
}

/** x moved on by one along an axis; zeros come in. */
function movedByOne(x: Tensor, axis: number): Tensor {
  const { tf } = engine();
  const size = x.shape.map((length, i) => (i === axis ? length - 1 : length));
  const before = x.shape.map((_, i): [number, number] => [i === axis ? 1 : 0, 0]);
  return tf.pad(tf.slice(x, [0, 0, 0, 0], size), before);
}

/** A pixel of colours costs the kernel as much as one of 16 channels. */
const THIN = 8;

/** Whether {@link gradientsByProduct} can stand for a convolution, and is faster. */
export const isThin = ([k, , , out]: Shape, stride: number): boolean =>
  stride === 1 && k! % 2 === 1 && out! < THIN;

/**
 * Gradients of x [n, h, w, in] and of the filter [k, k, in, out], k odd, at stride 1, both from what each
 * pixel's neighbourhood has in dy [n, h, w, out].
 * @param needsX whether that of x is wanted
 */
export function gradientsByProduct(
  x: Tensor,
  filter: Tensor,
  dy: Tensor,
  needsX: boolean,
): [dx: Tensor | undefined, dFilter: Tensor] {
  const [k, , inputs, out] = filter.shape as [number, number, number, number];
  const width = k * k * out;
  return tidy(() => {
    const nearby = neighbourhoods(dy, k);
    const dFilter = matmulTN(nearby, x.reshape([-1, inputs])).reshape([k, k, out, inputs]);
    // A pixel of x is seen by tap (a, b) from a pixel of y that lies as far the other way.
    const turned = permute(filter, [0, 1, 3, 2]).reverse([0, 1]).reshape([width, inputs]);
    return [
      needsX ? matmul(nearby, turned).reshape(x.shape) : undefined,
      permute(dFilter.reverse([0, 1]), [0, 1, 3, 2]),
    ] as [Tensor | undefined, Tensor];
  });
}

/** The k × k pixels around each pixel of [n, h, w, c], zeros beyond the edges: [n·h·w, k·k·c]. */
function neighbourhoods(image: Tensor, k: number): Tensor {
  const alongRows = beside(image, k, 2);
  return beside(alongRows, k, 1).reshape([-1, k * k * image.shape[3]!]);
}

/** Each pixel with those around it along an axis, side by side in the channels. */
function beside(image: Tensor, k: number, axis: number): Tensor {
  const { tf } = engine();
  const margin = (k - 1) / 2;
  const wide = tf.pad(
    image,
    image.shape.map((_, i): [number, number] => (i === axis ? [margin, margin] : [0, 0])),
  );
  const from = (at: number) => image.shape.map((_, i) => (i === axis ? at : 0));
  const pieces = Array.from({ length: k }, (_, at) => tf.slice(wide, from(at), [...image.shape]));
  return concat(pieces, 3);
}
