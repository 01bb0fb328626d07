import { engine } from "./load";

/** How many tensors are alive: by tfjs's count and by the native binding's own. */
export interface Alive {
  readonly tfjs: number;
  readonly native: number;
}

export function alive(): Alive {
  const { tf, backend } = engine();
  return { tfjs: tf.memory().numTensors, native: backend.getNumOfTFTensors() };
}

/** Runs `work` and says by how much it changed both counts; zero means that it leaked nothing. */
export function leaked(work: () => void): Alive {
  const before = alive();
  work();
  const after = alive();
  return { tfjs: after.tfjs - before.tfjs, native: after.native - before.native };
}
