import { add, multiply, sigmoid } from "../elementwise";
import { FLOAT, run } from "../kernel";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

/**
 * The gate of Llama's MLP (Shazeer 2020): y = silu(g) · u with silu(g) = g · σ(g); inputs (g, u) of
 * one shape. Keeps nothing: recomputing σ(g) is cheaper than keeping another hidden-sized array.
 */
export const swiglu: Operation = {
  forward(gate, up) {
    return { output: tidy(() => multiply(multiply(gate, sigmoid(gate)), up)), kept: [] };
  },
  backward(dOutput, [gate, up]) {
    return tidy(() => {
      const s = sigmoid(gate);
      const silu = multiply(gate, s);
      const dUp = multiply(dOutput, silu);
      silu.dispose();
      // silu′(g) = σ(g) + g · σ(g) · (1 − σ(g))
      const curvature = run("SigmoidGrad", FLOAT, s, gate);
      const slope = add(s, curvature);
      s.dispose();
      curvature.dispose();
      return [multiply(multiply(dOutput, up), slope), dUp];
    });
  },
};
