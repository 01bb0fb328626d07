import { multiply, scale, subtract, tanh, tanhGradient, total } from "../elementwise";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

/**
 * Squared error Σ (tanh(u) − x)², summed over everything; inputs (u, x) of one shape. Keeps tanh(u); x
 * has no gradient.
 */
export const squaredErrorOfTanh: Operation = {
  forward(u, x) {
    const [output, y] = tidy(() => {
      const y = tanh(u);
      const difference = subtract(y, x);
      return [total(multiply(difference, difference)), y];
    });
    return { output, kept: [y] };
  },
  backward(dOutput, [, x], [y]) {
    return tidy(() => [multiply(tanhGradient(y, subtract(y, x)), scale(dOutput, 2)), undefined]);
  },
};
