import { add, multiply } from "../elementwise";
import type { Operation } from "../operation";
import type { Pairs } from "../pairs";
import { tidy } from "../tidy";

/**
 * SchNet's continuous-filter convolution (Schütt et al. 2017), inputs (x [N, d], filter [P, d]): row
 * i receives Σ_j x_j ⊙ filter_ij over the rows j paired with it. The filter of a pair serves both
 * directions. Keeps nothing.
 */
export function filteredMessages(pairs: Pairs): Operation {
  return {
    forward(x, filter) {
      const output = tidy(() => {
        const toLow = multiply(pairs.high(x), filter);
        const toHigh = multiply(pairs.low(x), filter);
        return pairs.sums(toLow, toHigh);
      });
      return { output, kept: [] };
    },
    backward(dOutput, [x, filter]) {
      return tidy(() => {
        const [dLow, dHigh] = [pairs.low(dOutput), pairs.high(dOutput)];
        const dx = tidy(() => pairs.sums(multiply(dHigh, filter), multiply(dLow, filter)));
        const dFilter = tidy(() =>
          add(multiply(dLow, pairs.high(x)), multiply(dHigh, pairs.low(x))),
        );
        return [dx, dFilter];
      });
    },
  };
}
