import { multiply, sigmoid, softplus, subtract, total } from "../elementwise";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

/**
 * Bernoulli cross-entropy in nats, summed over everything; inputs (logits, x) of one shape with x
 * in [0, 1]: Σ log(1 + eˡ) − l·x. Keeps nothing; x has no gradient.
 */
export const bernoulliCrossEntropy: Operation = {
  forward(logits, x) {
    const output = tidy(() => total(subtract(softplus(logits), multiply(logits, x))));
    return { output, kept: [] };
  },
  backward(dOutput, [logits, x]) {
    return tidy(() => [multiply(subtract(sigmoid(logits), x), dOutput), undefined]);
  },
};
