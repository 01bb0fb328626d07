import assert from "node:assert/strict";
import { summarise } from "../../../lib/metrics/statistics";

/** Largest distance between the empirical distribution functions of two samples. */
export function kolmogorovDistance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a, b].map((values) => [...values].sort((p, q) => p - q));
  let i = 0;
  let j = 0;
  let worst = 0;
  while (i < x.length && j < y.length) {
    if (x[i] <= y[j]) i++;
    else j++;
    worst = Math.max(worst, Math.abs(i / x.length - j / y.length));
  }
  return worst;
}

/** What two samples of n values from one law exceed with probability 0.001 (Smirnov). */
export function kolmogorovLimit(n: number): number {
  return 1.949 * Math.sqrt(2 / n);
}

/** Asserts that the mean of independent values lies within `limit` s.e. of `expected`. */
export function assertMean(
  values: readonly number[],
  expected: number,
  what: string,
  limit = 3,
  slack = 0,
): void {
  const { mean, se } = summarise(values);
  assert.ok(
    Math.abs(mean - expected) <= limit * (se as number) + slack * expected,
    `${what}: mean ${mean} ± ${se}, expected ${expected}`,
  );
}
