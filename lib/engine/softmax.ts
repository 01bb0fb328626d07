import { FLOAT, ONE_DNN, run } from "./kernel";
import { engine, type Tensor } from "./load";
import { tidy } from "./tidy";

/** Added to a masked score, whose probability is then 0 in float32. */
export const FORBIDDEN = -1e9;

/** Softmax over the last dimension. */
export function softmax(x: Tensor): Tensor {
  return oneDnn() ? run("_MklSoftmax", LABELLED, x) : plainSoftmax(x);
}

/** Plain reference of {@link softmax}; three times slower on x86. */
export const plainSoftmax = (x: Tensor): Tensor => run("Softmax", FLOAT, x);

const LABELLED = [...FLOAT, ONE_DNN];

let has: boolean | undefined;

function oneDnn(): boolean {
  has ??= tidy(() => {
    try {
      return run("_MklSoftmax", LABELLED, engine().tf.zeros([1, 2])).dataSync()[0] === 0.5;
    } catch {
      return false;
    }
  });
  return has;
}
