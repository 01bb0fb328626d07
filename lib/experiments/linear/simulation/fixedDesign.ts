import type { Stream } from "../../../random/stream";
import { noiseOf, requireSetting, type Setting } from "./setting";
import { drawBidiagonal, squaredSolution } from "./spectrum";

/**
 * How far round n moves the model, in units of X⁺E: w_n = w_{n−1} + step(n) X⁺E_n.
 * Replace averages one noise block, Replace-Multiple n of them (X repeated n times), Accumulate
 * weighs the newest of n blocks by 1/n (Theorem 1).
 */
export const STEPS: Readonly<Record<string, (n: number) => number>> = {
  replace: () => 1,
  "replace-multiple": (n) => 1 / Math.sqrt(n),
  accumulate: (n) => 1 / n,
};

/** Exact draw of the test errors of one chain with fixed X: O(d) an iteration, whatever T. */
export function fixedDesignErrors(
  step: (n: number) => number,
  setting: Setting,
  stream: Stream,
): Float64Array {
  requireSetting(setting);
  const { d, T, iterations } = setting;
  const b = drawBidiagonal(d, T, stream.at("design"));
  const noise = stream.at("label-noise");
  const a = new Float64Array(d);
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const scale = noiseOf(setting, n) * step(n);
    for (let j = 0; j < d; j++) a[j] += scale * noise.normal();
    errors[n - 1] = squaredSolution(b, a);
  }
  return errors;
}
