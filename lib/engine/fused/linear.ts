import { biasAdd, biasGradient } from "../bias";
import { concat, split } from "../concat";
import { add } from "../elementwise";
import type { Tensor } from "../load";
import { matmul, matmulNT, matmulTN } from "../matmul";
import type { Operation } from "../operation";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput, replace } from "./activation";

export interface LinearOptions {
  /** Layout of W: [inputs, outputs] (GPT-2's Conv1D) or [outputs, inputs] (PyTorch's Linear). */
  readonly layout: "in-out" | "out-in";
  /** Default: true. */
  readonly bias?: boolean;
  readonly activation?: Activation;
}

/**
 * A linear layer y = act(x·W + b), or act(x·Wᵀ + b), [n, outputs]; inputs (x [n, inputs], W,
 * b [outputs]). Several x count as one with their columns side by side, without being copied: inputs
 * (x₁, x₂, …, W, b). Keeps y where there is an activation.
 */
export function linear({ layout, bias = true, activation = "none" }: LinearOptions): Operation {
  const axis = layout === "in-out" ? 0 : 1;
  const [forward, dInput] = axis === 0 ? [matmul, matmulNT] : [matmulNT, matmul];
  const dWeight = (x: Tensor, d: Tensor) => (axis === 0 ? matmulTN(x, d) : matmulTN(d, x));
  const unpack = (inputs: readonly Tensor[]) => {
    const xs = inputs.slice(0, bias ? -2 : -1);
    const weight = inputs[xs.length];
    const widths = xs.map((x) => x.shape[1]!);
    return { xs, weights: xs.length === 1 ? [weight] : split(weight, widths, axis) };
  };
  return {
    forward(...inputs) {
      const output = tidy(() => {
        const { xs, weights } = unpack(inputs);
        const product = xs.map((x, i) => forward(x, weights[i])).reduce(add);
        const sum = bias ? replace(product, (y) => biasAdd(y, inputs.at(-1)!)) : product;
        return activate(sum, activation);
      });
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, inputs, [y], needed = []) {
      return tidy(() => {
        const { xs, weights } = unpack(inputs);
        const d = activationGradient(dOutput, y, activation);
        const dxs = xs.map((_, i) => (needed[i] === false ? undefined : dInput(d, weights[i])));
        const dWeights = xs.map((x) => dWeight(x, d));
        return [
          ...dxs,
          dWeights.length === 1 ? dWeights[0] : concat(dWeights, axis),
          ...(bias ? [biasGradient(d)] : []),
        ];
      });
    },
  };
}
