// How fast large products of matrices are, and how much of a training step products are.
import { engine, type Tensor } from "../lib/engine/load";
import {
  batchMatmul,
  batchMatmulNT,
  batchMatmulTN,
  matmul,
  matmulNT,
  matmulTN,
} from "../lib/engine/matmul";
import type { LanguageModelConfig } from "../lib/models/language/config";
import { median } from "./worker";

/** FLOP/s of the best of some products of square matrices, by the faster of two routines. */
export function matmulSpeed(size: number): number {
  const { tf } = engine();
  const a = tf.randomNormal([size, size], 0, 1, "float32", 1);
  const b = tf.randomNormal([size, size], 0, 1, "float32", 2);
  const best = Math.min(
    ...[matmul, batchMatmul].flatMap((multiply) =>
      Array.from({ length: 8 }, () => seconds(() => multiply(a, b))),
    ),
  );
  tf.dispose([a, b]);
  return (2 * size ** 3) / best;
}

/**
 * FLOPs of a training step that no implementation can leave out: 6 per token for each weight of a
 * product, and what causal attention sees (half of the square).
 */
export function stepFlops(
  { vocabulary, width, layers, hidden }: LanguageModelConfig,
  sequences: number,
  length: number,
): number {
  const weights = layers * (4 * width * width + 2 * width * hidden) + vocabulary * width;
  const attention = (layers * 6 * 2 * width * length ** 2) / 2;
  return sequences * (6 * weights * length + attention);
}

/** Rows that the products take at once, about as many as the model gives them. */
const ROWS = 1024;

/**
 * Seconds that the products of a training step take by themselves, forward and backward, for
 * one sequence of this length: each measured alone, at the size that it has in the step.
 */
export function products(model: LanguageModelConfig, length: number): number {
  const { tf } = engine();
  const { vocabulary, width, layers, heads, hidden } = model;
  const normal = (...shape: number[]): Tensor => tf.randomNormal(shape, 0, 1, "float32", 1);
  const rows = Math.max(ROWS, length);
  let total = 0;
  const measure = (count: number, work: () => Tensor) => {
    const times = Array.from({ length: 7 }, () => seconds(work));
    total += (count * median(times) * length) / rows;
  };
  const dense: [number, number, number][] = [
    [width, 3 * width, layers],
    [width, width, layers],
    [width, hidden, layers],
    [hidden, width, layers],
    [width, vocabulary, 1],
  ];
  for (const [from, to, count] of dense) {
    const [x, w, dy] = [normal(rows, from), normal(from, to), normal(rows, to)];
    measure(count, () => matmul(x, w));
    measure(count, () => matmulNT(dy, w));
    measure(count, () => matmulTN(x, dy));
    tf.dispose([x, w, dy]);
  }
  const batch = heads * Math.round(rows / length);
  const side = normal(batch, length, width / heads);
  const square = normal(batch, length, length);
  // Forward QKᵀ and PV; backward dV, dP, dQ and dK.
  measure(2 * layers, () => batchMatmulNT(side, side));
  measure(2 * layers, () => batchMatmul(square, side));
  measure(2 * layers, () => batchMatmulTN(square, side));
  tf.dispose([side, square]);
  return total;
}

function seconds(work: () => Tensor): number {
  const begin = performance.now();
  const result = work();
  const end = performance.now();
  result.dispose();
  return (end - begin) / 1000;
}
