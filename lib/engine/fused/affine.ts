import { biasAdd, biasGradient } from "../linear";
import { product, productTransposed, transposedProduct } from "../products";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** y = x·W + b with inputs (x [n, inputs], W [inputs, outputs], b [outputs]). Keeps nothing. */
export const affine: Fused = {
  forward: (x, weight, bias) => ({
    output: tidy(() => biasAdd(product(x, weight), bias)),
    kept: [],
  }),
  backward: (dOutput, [x, weight]) =>
    tidy(() => [
      productTransposed(dOutput, weight),
      transposedProduct(x, dOutput),
      biasGradient(dOutput),
    ]),
};

/** y = x·Wᵀ with inputs (x [n, inputs], W [outputs, inputs]). Keeps nothing. */
export const linearMap: Fused = {
  forward: (x, weight) => ({ output: productTransposed(x, weight), kept: [] }),
  backward: (dOutput, [x, weight]) =>
    tidy(() => [product(dOutput, weight), transposedProduct(dOutput, x)]),
};
