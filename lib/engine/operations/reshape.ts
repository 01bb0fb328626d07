import type { Operation } from "../operation";

/** x [n, …] as [n, …itemShape]; a size of −1 follows from the others. Shares x's memory. */
export function reshape(...itemShape: readonly number[]): Operation {
  return {
    forward: (x) => ({ output: x.reshape([x.shape[0]!, ...itemShape]), kept: [] }),
    backward: (dOutput, [x]) => [dOutput.reshape(x.shape)],
  };
}
