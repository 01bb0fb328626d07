import { add, exponential, multiply, subtract, total } from "../elementwise";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

/**
 * A draw z = μ + σ·ε from a diagonal Gaussian (Kingma & Welling 2014, §2.4); inputs (μ, log σ², ε),
 * all [n, k]. Keeps σ; ε has no gradient.
 */
export const gaussianDraw: Operation = {
  forward(mean, logVariance, noise) {
    const deviation = tidy(() => exponential(logVariance.mul(0.5)));
    return {
      output: tidy(() => add(mean, multiply(noise, deviation))),
      kept: [deviation],
    };
  },
  backward(dOutput, [, , noise], [deviation]) {
    const dLogVariance = tidy(() => multiply(multiply(dOutput, noise), deviation.mul(0.5)));
    return [dOutput, dLogVariance, undefined];
  },
};

/**
 * KL(N(μ, σ²) ‖ N(0, 1)) in nats, summed over items and dimensions; inputs (μ, log σ²):
 * ½ Σ μ² + σ² − 1 − log σ². Keeps nothing.
 */
export const gaussianDivergence: Operation = {
  forward(mean, logVariance) {
    const output = tidy(() => {
      const terms = subtract(
        add(multiply(mean, mean), exponential(logVariance)),
        logVariance.add(1),
      );
      return total(terms).mul(0.5);
    });
    return { output, kept: [] };
  },
  backward(dOutput, [mean, logVariance]) {
    return tidy(() => [
      multiply(mean, dOutput),
      multiply(exponential(logVariance).sub(1), dOutput.mul(0.5)),
    ]);
  },
};
