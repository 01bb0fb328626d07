import { engine, type Tensor } from "./load";

/** Runs `work` and releases every tensor it made but those in what it returns. */
export function tidy<T>(work: () => T): T {
  return engine().tf.tidy(work as () => Tensor) as T;
}
