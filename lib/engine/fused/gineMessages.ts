import { add, relu, reluGradient } from "../elementwise";
import type { Tensor } from "../load";
import type { Pairs } from "../pairs";
import { tidy } from "../tidy";
import { replaced } from "./activation";
import type { Fused } from "./fused";

/**
 * What a row of a graph isomorphism network with edge features gathers (Hu et al. 2020), inputs
 * (x [N, d], e [P, d]): x_i + Σ_j relu(x_j + e_ij) over the rows j it makes a pair with. Keeps
 * nothing: the messages are computed anew, which costs little beside keeping them.
 */
export function gineMessages(pairs: Pairs): Fused {
  const messages = (x: Tensor, e: Tensor): [toLow: Tensor, toHigh: Tensor] => [
    replaced(add(pairs.high(x), e), relu),
    replaced(add(pairs.low(x), e), relu),
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
