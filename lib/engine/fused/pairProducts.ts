import { multiply } from "../elementwise";
import type { Operation } from "../operation";
import type { Pairs } from "../pairs";
import { tidy } from "../tidy";

/** x_i ⊙ x_j of every pair, [P, d], input x [N, d]. Keeps nothing. */
export function pairProducts(pairs: Pairs): Operation {
  return {
    forward: (x) => ({ output: tidy(() => multiply(pairs.low(x), pairs.high(x))), kept: [] }),
    backward: (dOutput, [x]) =>
      tidy(() => [pairs.sums(multiply(dOutput, pairs.high(x)), multiply(dOutput, pairs.low(x)))]),
  };
}
