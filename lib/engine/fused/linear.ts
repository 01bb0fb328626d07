import { toFloat32, toTypeOf } from "../bfloat16";
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
  /** Whether y becomes float32 where W is bfloat16; otherwise it stays bfloat16. Default: true. */
  readonly widen?: boolean;
}

/**
 * A linear layer y = act(x·W + b), or act(x·Wᵀ + b), [n, outputs]; inputs (x [n, inputs], W,
 * b [outputs]). Several x count as one with their columns side by side, without being copied: inputs
 * (x₁, x₂, …, W, b). Products are computed in the type of W: where that is bfloat16, x and the gradient
 * of y are rounded to it, and the gradients come back in the type of x and, for W and b, in float32.
 * Keeps x as rounded, and y where there is an activation.
 */
export function linear({
  layout,
  bias = true,
  activation = "none",
  widen = true,
}: LinearOptions): Operation {
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
      const { output, rounded } = tidy(() => {
        const { xs, weights } = unpack(inputs);
        const factors = xs.map((x, i) => toTypeOf(weights[i], x));
        const widened = widen || xs.length > 1 ? toFloat32 : (y: Tensor) => y;
        const product = factors.map((x, i) => replace(forward(x, weights[i]), widened)).reduce(add);
        const sum = bias
          ? replace(product, (y) => biasAdd(y, toTypeOf(y, inputs.at(-1)!)))
          : product;
        const isRounded = factors.some((x, i) => x !== xs[i]);
        const rounded = isRounded ? factors.map((x, i) => (x === xs[i] ? x.clone() : x)) : [];
        return { output: activate(sum, activation), rounded };
      });
      return { output, kept: [...keptOutput(output, activation), ...rounded] };
    },
    backward(dOutput, inputs, kept, needed = []) {
      return tidy(() => {
        const { xs, weights } = unpack(inputs);
        const rounded = kept.slice(activation === "none" ? 0 : 1);
        const factors = rounded.length > 0 ? rounded : xs;
        const d = activationGradient(dOutput, kept[0], activation);
        const dFactor = toTypeOf(weights[0], d);
        const dxs = xs.map((x, i) =>
          needed[i] === false ? undefined : toTypeOf(x, dInput(dFactor, weights[i])),
        );
        const dWeights = factors.map((x) => toFloat32(dWeight(x, dFactor)));
        return [
          ...dxs,
          dWeights.length === 1 ? dWeights[0] : concat(dWeights, axis),
          ...(bias ? [biasGradient(toFloat32(d))] : []),
        ];
      });
    },
  };
}
