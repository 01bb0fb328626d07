import { add } from "../elementwise";
import { biasAdd, biasGradient } from "../linear";
import { join, split } from "../pieces";
import { product, productTransposed, transposedProduct } from "../products";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput, replaced } from "./activation";
import type { Fused } from "./fused";

/**
 * y = act([x, z]·Wᵀ + b) with inputs (x [n, h], z [n, k], W [outputs, h + k], b [outputs]), without
 * laying x and z side by side. Keeps y where there is an activation.
 */
export function twoInputLayer(activation: Activation = "none"): Fused {
  return {
    forward(x, z, weight, bias) {
      const output = tidy(() => {
        const [first, second] = split(weight, [x.shape[1]!, z.shape[1]!], 1);
        const sum = add(productTransposed(x, first), productTransposed(z, second));
        return activate(
          replaced(sum, (y) => biasAdd(y, bias)),
          activation,
        );
      });
      return { output, kept: keptOutput(output, activation) };
    },
    backward(dOutput, [x, z, weight], [y]) {
      return tidy(() => {
        const [first, second] = split(weight, [x.shape[1]!, z.shape[1]!], 1);
        const d = activationGradient(dOutput, y, activation);
        const dWeight = join([transposedProduct(d, x), transposedProduct(d, z)], 1);
        return [product(d, first), product(d, second), dWeight, biasGradient(d)];
      });
    },
  };
}
