import { agreement, average, type Estimate } from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { oneFitError, subsampleError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { expectedError } from "../expected";
import { type LinearRecord, select } from "../records";
import { lastOf } from "./agreement";

/** Above this d/T the leading-order form of Accumulate-Subsample is not claimed to hold. */
const SMALL = 0.01;

/** The sequel's third regime: between the other two, bounded. */
export function subsampleClaim(rows: readonly Row[]): Claim {
  const all = select(rows, { part: "sweep", regime: "accumulate-subsample" });
  const records = lastOf(all.filter(({ d, T }) => d / T <= SMALL));
  const n = records[0]?.iteration ?? 1;
  const one = { d: 1, T: 100, sigma2: 1 };
  const expected = subsampleError({ ...one, n }) / oneFitError(one);
  return agreement({
    id: "linear.accumulate-subsample.level",
    statement: `Collapse or Thrive: Accumulate-Subsample levels off; at d/T ≤ ${SMALL} and n = ${n} it has ${expected.toFixed(2)} times the error of one fit, on the way to π²/2 − 2 (within 3 s.e.)`,
    expected,
    estimate: average(records.map((r) => over(r, oneFitError(r)))),
    runs: [`sweep accumulate-subsample n=${n}`],
  });
}

/** A new X every round does not save Replace; it helps Accumulate and Replace-Multiple a little. */
export function freshClaims(rows: readonly Row[]): Claim[] {
  return ["replace", "replace-multiple", "accumulate"].map((regime) => {
    const records = lastOf(select(rows, { part: "variants", variant: "fresh-x", regime }));
    return agreement({
      id: `linear.fresh-x.${regime}`,
      statement: `With a new X every round the mean test error of ${regime} is its closed form's (ratio 1, within 3 s.e.)`,
      expected: 1,
      estimate: average(records.map((r) => over(r, expectedError(r)))),
      runs: [`variants fresh-x ${regime}`],
    });
  });
}

function over(record: LinearRecord, scale: number): Estimate {
  return { mean: record.mean / scale, se: record.se / scale, n: record.n };
}
