import { biasAdd, biasGradient } from "../bias";
import { multiply, subtract } from "../elementwise";
import type { Tensor } from "../load";
import { engine } from "../load";
import { matmul, matmulNT, matmulTN } from "../matmul";
import type { Operation } from "../operation";
import { scaleCached } from "../rows";
import { tidy } from "../tidy";
import { replace } from "./activation";
import { fastSoftplus, softplusGradient } from "./softplus";

/**
 * The filters of a SchNet interaction, [P, d]: c ⊙ (W₂·ssp(W₁·e + b₁) + b₂) for every pair's features
 * e, with its weight c by distance [P, 1], which is not an input, and ssp the shifted softplus; inputs
 * (e [P, d], W₁ [d, d], b₁ [d], W₂ [d, d], b₂ [d]). Keeps both sides of the softplus.
 */
export function filterNetwork(weights: Tensor): Operation {
  return {
    forward(e, w1, b1, w2, b2) {
      const [output, before, after] = tidy(() => {
        const before = replace(matmulNT(e, w1), (y) => biasAdd(y, b1));
        const after = fastSoftplus(before);
        const sum = replace(matmulNT(after, w2), (y) => biasAdd(y, biasWithoutShift(b2, w2)));
        return [multiply(sum, weights), before, after];
      });
      return { output, kept: [before, after] };
    },
    backward(dOutput, [e, w1, , w2], [before, after]) {
      return tidy(() => {
        const d = multiply(dOutput, weights);
        const dBias2 = biasGradient(d);
        const dW2 = subtract(matmulTN(d, after), scaleCached(dBias2, Math.LN2).reshape([-1, 1]));
        const dBefore = replace(matmul(d, w2), (dAfter) => softplusGradient(dAfter, before));
        return [matmul(dBefore, w1), matmulTN(dBefore, e), biasGradient(dBefore), dW2, dBias2];
      });
    },
  };
}

/** b₂ − log 2 · (row sums of W₂): the shift of the softplus, moved into the bias. */
function biasWithoutShift(bias: Tensor, weight: Tensor): Tensor {
  const { tf } = engine();
  const ones = tf.fill([weight.shape[1]!, 1], Math.LN2);
  return subtract(bias, matmul(weight, ones).reshape([-1]));
}
