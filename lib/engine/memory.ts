import { engine } from "./load";

/** Number of live tensors, counted by tfjs and by the native binding. */
export interface Alive {
  readonly tfjs: number;
  readonly native: number;
}

export function alive(): Alive {
  const { tf, backend } = engine();
  return { tfjs: tf.memory().numTensors, native: backend.getNumOfTFTensors() };
}

/** The change of both counts during `work`: 0 if it leaks nothing. */
export function countLeaks(work: () => void): Alive {
  const before = alive();
  work();
  const after = alive();
  return { tfjs: after.tfjs - before.tfjs, native: after.native - before.native };
}
