import { FLOAT, run } from "./kernel";
import { engine, type Tensor } from "./load";

/** Euclidean norm of several tensors as one vector. */
export function globalNorm(tensors: readonly Tensor[]): number {
  const { tf } = engine();
  // L2Loss is half the sum of squares.
  const halves = tensors.map((tensor) => run("L2Loss", FLOAT, tensor));
  let sum = 0;
  for (const half of halves) sum += half.dataSync()[0];
  tf.dispose(halves);
  return Math.sqrt(2 * sum);
}
