import { add, relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";
import type { Operation } from "../operation";
import type { Pairs } from "../pairs";
import { tidy } from "../tidy";
import { replace } from "./activation";

/**
 * Messages of a graph isomorphism network with edge features (Hu et al. 2020), inputs (x [N, d],
 * e [P, d]): x_i + Σ_j relu(x_j + e_ij) over the rows j paired with i. Keeps nothing: recomputing the
 * messages is cheaper than keeping them.
 */
export function gineMessages(pairs: Pairs): Operation {
  const messages = (x: Tensor, e: Tensor): [toLow: Tensor, toHigh: Tensor] => [
    replace(add(pairs.high(x), e), relu),
    replace(add(pairs.low(x), e), relu),
  ];
  return {
    forward(x, e) {
      return { output: tidy(() => add(x, pairs.sums(...messages(x, e)))), kept: [] };
    },
    backward(dOutput, [x, e]) {
      return tidy(() => {
        const [toLow, toHigh] = messages(x, e);
        const dToLow = reluGradient(pairs.low(dOutput), toLow);
        const dToHigh = reluGradient(pairs.high(dOutput), toHigh);
        return [add(dOutput, pairs.sums(dToHigh, dToLow)), add(dToLow, dToHigh)];
      });
    },
  };
}
