import { add, exponential, multiply, subtract, total } from "../elementwise";
import { engine, type Tensor } from "../load";
import type { Fused } from "./fused";

/** The halves of [n, 2k]: means μ and log-variances log σ², each [n, k]. */
export function moments(code: Tensor): [mean: Tensor, logVariance: Tensor] {
  const [mean, logVariance] = engine().tf.split(code, 2, 1);
  return [mean, logVariance];
}

/**
 * A draw z = μ + σ·ε from a diagonal Gaussian (Kingma & Welling 2014, §2.4); inputs (code [n, 2k]
 * as μ | log σ², ε [n, k]). Keeps nothing; ε has no gradient.
 */
export const gaussianDraw: Fused = {
  forward(code, noise) {
    const [mean, logVariance] = moments(code);
    return { output: add(mean, multiply(noise, exponential(logVariance.mul(0.5)))), kept: [] };
  },
  backward(dOutput, [code, noise]) {
    const [, logVariance] = moments(code);
    const deviation = exponential(logVariance.mul(0.5));
    const dLogVariance = multiply(multiply(dOutput, noise), deviation.mul(0.5));
    return [engine().tf.concat([dOutput, dLogVariance], 1), undefined];
  },
};

/**
 * KL(N(μ, σ²) ‖ N(0, 1)) in nats, summed over items and dimensions; input (code [n, 2k]):
 * ½ Σ μ² + σ² − 1 − log σ². Keeps nothing.
 */
export const gaussianDivergence: Fused = {
  forward(code) {
    const [mean, logVariance] = moments(code);
    const variance = exponential(logVariance);
    const terms = subtract(add(multiply(mean, mean), variance), logVariance.add(1));
    return { output: total(terms).mul(0.5), kept: [] };
  },
  backward(dOutput, [code]) {
    const [mean, logVariance] = moments(code);
    const dLogVariance = exponential(logVariance).sub(1).mul(0.5);
    return [multiply(engine().tf.concat([mean, dLogVariance], 1), dOutput)];
  },
};
