import assert from "node:assert/strict";
import type { Claim } from "../../lib/claims/claim";

/** Student's t, 97.5 %, 2 degrees of freedom. */
const T2 = 4.302652729911275;

/** That a claim's estimate is the mean of three seeds' values, with its 95 % t interval. */
export function assertInterval(claim: Claim, values: readonly number[]): void {
  assert.equal(values.length, 3);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  const half = T2 * Math.sqrt(variance / values.length);
  assert.ok(Math.abs(claim.estimate - mean) < 1e-9, `${claim.id}: ${claim.estimate}, not ${mean}`);
  assert.ok(Math.abs(claim.low - (mean - half)) < 1e-9, `${claim.id}: low ${claim.low}`);
  assert.ok(Math.abs(claim.high - (mean + half)) < 1e-9, `${claim.id}: high ${claim.high}`);
}
