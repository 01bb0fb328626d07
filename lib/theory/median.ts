import { UserError } from "../errors";
import { requireWhole } from "./ranges";
import { normalCumulative, normalDensity } from "./special";

/**
 * Variance of the median of N normal draws in units of σ², by quadrature of the order statistic's
 * density; π/(2N) for large N. @param N odd
 */
export function medianVariance(N: number): number {
  requireWhole("N", "draws", N);
  if (N % 2 === 0)
    throw new UserError(`The median's density is of an odd number of draws, not ${N}.`);
  const m = (N - 1) / 2;
  // log of N!/(m!)²
  let log = 0;
  for (let k = 1; k <= N; k++) log += Math.log(k);
  for (let k = 1; k <= m; k++) log -= 2 * Math.log(k);
  const steps = 4000;
  const width = 16 / steps;
  let sum = 0;
  for (let i = 1; i < steps; i++) {
    const x = -8 + i * width;
    const below = normalCumulative(x);
    if (below <= 0 || below >= 1) continue;
    sum += x * x * normalDensity(x) * Math.exp(log + m * Math.log(below * (1 - below)));
  }
  return sum * width;
}
