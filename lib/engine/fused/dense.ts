import { biasAdd, biasGradient, matMul, matMulTransposed, transposedMatMul } from "../linear";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput, replaced } from "./activation";
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
      const [n] = x.shape;
      const output = tidy(() => {
        const product = matMul(x.reshape([n!, -1]), weight);
        const y = activate(
          replaced(product, (y) => biasAdd(y, bias)),
          activation,
        );
        return itemShape ? y.reshape([n!, ...itemShape]) : y;
      });
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, [x, weight], [y], skipFirst = false) {
      const [n] = x.shape;
      return tidy(() => {
        const d = activationGradient(dOutput, y, activation).reshape([n!, -1]);
        return [
          skipFirst ? undefined : matMulTransposed(d, weight).reshape(x.shape),
          transposedMatMul(x.reshape([n!, -1]), d),
          biasGradient(d),
        ];
      });
    },
  };
}
