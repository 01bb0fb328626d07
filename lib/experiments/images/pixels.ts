import { fromBytes } from "../../engine/bytes";
import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import { SIDE } from "./config";

/** Grey values 0 … 255 of n images as [n, 28, 28, 1] in [0, 1]. */
export function fromPixels(bytes: Uint8Array, n: number): Tensor {
  return engine().tf.tidy(() => scale(fromBytes(bytes, [n, SIDE, SIDE, 1]), 1 / 255));
}
