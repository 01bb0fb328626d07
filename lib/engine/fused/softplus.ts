import { exponential, softplus } from "../elementwise";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import type { Operation } from "../operation";
import { addScalar } from "../rows";
import { tidy } from "../tidy";
import { replace } from "./activation";

/** log(1 + eˣ) − log 2, which is 0 at 0: SchNet's activation (Schütt et al. 2017). Keeps nothing. */
export const shiftedSoftplus: Operation = {
  forward: (x) => ({ output: tidy(() => addScalar(fastSoftplus(x), -Math.LN2)), kept: [] }),
  backward: (dOutput, [x]) => [softplusGradient(dOutput, x)],
};

/** dy · sigmoid(x). */
export const softplusGradient = (dOutput: Tensor, x: Tensor): Tensor =>
  run("SoftplusGrad", FLOAT, dOutput, x);

/** Below this, eˣ is far from overflowing. */
const LARGEST = 80;

/**
 * log(1 + eˣ) composed of Exp and Log, which takes half as long as TensorFlow's own operation and is
 * as exact next to numbers around 1; the latter is used where some eˣ would overflow.
 */
export function fastSoftplus(x: Tensor): Tensor {
  if (!(largest(x) < LARGEST)) return softplus(x);
  return tidy(() => {
    const sum = replace(exponential(x), (e) => addScalar(e, 1));
    return replace(sum, (s) => run("Log", FLOAT, s));
  });
}

const MAX = [attribute.bool("keep_dims", false), ...FLOAT, attribute.type("Tidx", TYPE.int32)];

function largest(x: Tensor): number {
  const { tf } = engine();
  return tidy(() =>
    run("Max", MAX, x.reshape([-1]), tf.scalar(0, "int32")).dataSync<"float32">(),
  )[0];
}
