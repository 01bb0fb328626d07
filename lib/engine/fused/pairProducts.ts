import { multiply } from "../elementwise";
import type { Pairs } from "../pairs";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** x_i ⊙ x_j of every pair, [P, d], input x [N, d]. Keeps nothing. */
export function pairProducts(pairs: Pairs): Fused {
  return {
    forward: (x) => ({ output: tidy(() => multiply(pairs.low(x), pairs.high(x))), kept: [] }),
    backward: (dOutput, [x]) =>
      tidy(() => [pairs.sums(multiply(dOutput, pairs.high(x)), multiply(dOutput, pairs.low(x)))]),
  };
}
