import { biasAdd, biasGradient } from "../bias";
import {
  convolve,
  convolveBiased,
  convolveFilterGradient,
  convolveInputGradient,
} from "../convolution";
import { gradientsByProduct, isThin } from "../convolutionByProduct";
import type { Tensor } from "../load";
import type { Operation } from "../operation";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput, replace } from "./activation";

export interface ConvolutionOptions {
  readonly stride: number;
  readonly activation?: Activation;
}

/**
 * y = act(x ∗ W + b), inputs (x, W, b): x [n, h, w, in], W [k, k, in, out], b [out],
 * y [n, ⌈h/stride⌉, ⌈w/stride⌉, out]. Keeps y.
 */
export function convolution({ stride, activation = "none" }: ConvolutionOptions): Operation {
  return {
    forward(x, filter, bias) {
      const output = tidy(() => activate(convolveBiased(x, filter, bias, stride), activation));
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, [x, filter], [y], [needsX = true] = []) {
      return gradients(dOutput, y, activation, (d) =>
        isThin(filter.shape, stride)
          ? gradientsByProduct(x, filter, d, needsX)
          : [
              needsX ? convolveInputGradient(x.shape, filter, d, stride) : undefined,
              convolveFilterGradient(x, filter.shape, d, stride),
            ],
      );
    },
  };
}

export interface TransposedOptions extends ConvolutionOptions {
  /** Height and width of the output: any whose ⌈size/stride⌉ is the input's. */
  readonly size: readonly [height: number, width: number];
}

/**
 * The transposed convolution, mirror of {@link convolution}: x [n, ⌈h/stride⌉, ⌈w/stride⌉, in],
 * W [k, k, out, in], b [out], y [n, h, w, out]. Keeps y.
 */
export function transposedConvolution(options: TransposedOptions): Operation {
  const { stride, size, activation = "none" } = options;
  return {
    forward(x, filter, bias) {
      const shape = [x.shape[0]!, ...size, filter.shape[2]!];
      const output = tidy(() => {
        const plain = convolveInputGradient(shape, filter, x, stride);
        return activate(
          replace(plain, (y) => biasAdd(y, bias)),
          activation,
        );
      });
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, [x, filter], [y], [needsX = true] = []) {
      return gradients(dOutput, y, activation, (d) => [
        needsX ? convolve(d, filter, stride) : undefined,
        convolveFilterGradient(d, filter.shape, x, stride),
      ]);
    },
  };
}

/** Gradients of (x, W, b); those of x and W from d, the gradient of the pre-activation. */
function gradients(
  dOutput: Tensor,
  y: Tensor | undefined,
  activation: Activation,
  inputAndFilter: (d: Tensor) => [dInput: Tensor | undefined, dFilter: Tensor],
): (Tensor | undefined)[] {
  return tidy(() => {
    const d = activationGradient(dOutput, y, activation);
    // First, while the cache still holds d.
    const dBias = biasGradient(d);
    return [...inputAndFilter(d), dBias];
  });
}
