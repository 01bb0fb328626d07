import { biasAdd, biasGradient } from "../linear";
import { product, productTransposed, transposedProduct } from "../products";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput, replaced } from "./activation";
import type { Fused } from "./fused";

/**
 * y = act(x·Wᵀ + b) with inputs (x [n, inputs], W [outputs, inputs], b [outputs]): a layer whose
 * weight lies as PyTorch's do. Keeps y where there is an activation.
 */
export function linearLayer(activation: Activation = "none"): Fused {
  return {
    forward(x, weight, bias) {
      const output = tidy(() => {
        const sum = replaced(productTransposed(x, weight), (y) => biasAdd(y, bias));
        return activate(sum, activation);
      });
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, [x, weight], [y], skipFirst = false) {
      return tidy(() => {
        const d = activationGradient(dOutput, y, activation);
        return [
          skipFirst ? undefined : product(d, weight),
          transposedProduct(d, x),
          biasGradient(d),
        ];
      });
    },
  };
}
