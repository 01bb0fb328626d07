import type { Estimate } from "../../../claims/agreement";
import { oneFitError, relativeSpread } from "../../../theory/index";
import type { LinearRecord } from "../records";

/**
 * Measured over expected, with the exact standard error of a mean of n chains: with the same X the
 * test error is Fisher's F up to scale, so its spread is known and need not be estimated.
 */
export function ratioToExpected(record: LinearRecord): Estimate {
  const se = relativeSpread(record) / Math.sqrt(record.n);
  return { mean: record.mean / expectedOf(record), se, n: record.n };
}

/** Measured over a scale, with the measured standard error. */
export function over(record: LinearRecord, scale: number): Estimate {
  return { mean: record.mean / scale, se: record.se / scale, n: record.n };
}

/** {@link ratioToExpected} in units of the expected error of one fit. */
export function inFits(record: LinearRecord): Estimate {
  const { mean, se, n } = ratioToExpected(record);
  const scale = expectedOf(record) / oneFitError(record);
  return { mean: mean * scale, se: se * scale, n };
}

/** The exact expected error; NaN where none is known. */
export function expectedOf({ expected = Number.NaN }: LinearRecord): number {
  return expected;
}
