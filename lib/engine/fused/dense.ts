import { biasAdd, biasGradient, matMul, matMulTransposed, transposedMatMul } from "../linear";
import { type Activation, activate, activationGradient } from "./activation";
import type { Fused } from "./fused";

export interface DenseOptions {
  readonly activation?: Activation;
  /** Shape of one item of the output. Default: [outputs]. */
  readonly itemShape?: readonly number[];
}

/**
 * y = act(x·W + b), inputs (x, W, b): x [n, …] is flattened to [n, inputs], W [inputs, outputs],
 * b [outputs]. Keeps y.
 */
export function dense({ activation = "none", itemShape }: DenseOptions = {}): Fused {
  return {
    forward(x, weight, bias) {
      const flat = matMul(x.reshape([x.shape[0], -1]), weight);
      const y = activate(biasAdd(flat, bias), activation);
      const output = itemShape ? y.reshape([x.shape[0], ...itemShape]) : y;
      return { output, kept: [output] };
    },
    backward(dOutput, [x, weight], [y], skipFirst = false) {
      const n = x.shape[0];
      const d = activationGradient(dOutput, y, activation).reshape([n, -1]);
      return [
        skipFirst ? undefined : matMulTransposed(d, weight).reshape(x.shape),
        transposedMatMul(x.reshape([n, -1]), d),
        biasGradient(d),
      ];
    },
  };
}
