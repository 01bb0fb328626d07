import { add, multiply, sigmoid, sigmoidGradient } from "../elementwise";
import type { Operation } from "../operation";
import { addScalar, scaleCached, square } from "../rows";
import { tidy } from "../tidy";

// x/2 · (1 + tanh(√(2/π)(x + 0.044715 x³))) = x · sigmoid(x · (A + B x²)).
const A = 2 * Math.sqrt(2 / Math.PI);
const B = A * 0.044715;

/** GELU in the tanh form that GPT-2 was trained with (Hendrycks & Gimpel 2016). Keeps its sigmoid. */
export const gelu: Operation = {
  forward(x) {
    const [output, gate] = tidy(() => {
      const slope = addScalar(scaleCached(square(x), B), A);
      const gate = sigmoid(multiply(x, slope));
      return [multiply(x, gate), gate];
    });
    return { output, kept: [gate] };
  },
  backward(dOutput, [x], [gate]) {
    return tidy(() => {
      const inner = multiply(x, addScalar(scaleCached(square(x), 3 * B), A));
      return [multiply(dOutput, add(gate, sigmoidGradient(gate, inner)))];
    });
  },
};
