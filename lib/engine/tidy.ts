import { engine, type Tensor } from "./load";

/** Runs `work` and releases all tensors it created except those it returns. */
export function tidy<T>(work: () => T): T {
  return engine().tf.tidy(work as () => Tensor) as T;
}
