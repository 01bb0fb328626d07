import { agreement, average } from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { regimeLabel } from "../../../figures/style";
import { oneFitError, subsampleError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantConfig, variantsFor } from "../preset";
import { distinct, lastOf, variantRecords } from "../records";
import { expectedOf, over } from "./estimates";

/** Above this d/T the leading-order form of Accumulate-Subsample is not claimed to hold. */
const SMALL = 0.01;

/** The sequel's third regime: between the other two, bounded. */
export function subsampleClaim(rows: readonly Row[], preset: LinearPreset): Claim {
  const variant = variantsFor(preset, "sweep")[0]?.name;
  const all = variantRecords(rows, { variant, regime: "accumulate-subsample" });
  const records = lastOf(all.filter(({ d, T }) => d / T <= SMALL));
  const n = records[0]?.iteration ?? 1;
  const one = { d: 1, T: 100, sigma2: 1 };
  const expected = subsampleError({ ...one, n }) / oneFitError(one);
  return agreement({
    id: "linear.accumulate-subsample.level",
    statement: `Collapse or Thrive: Accumulate-Subsample levels off; at d/T ≤ ${SMALL} and n = ${n} it has ${expected.toFixed(2)} times the error of one fit, on the way to π²/2 − 2 (within 3 s.e.)`,
    expected,
    estimate: average(records.map((r) => over(r, oneFitError(r)))),
    runs: [`${variant} accumulate-subsample n=${n}`],
  });
}

/** A new X every round does not save Replace; it helps Accumulate and Replace-Multiple a little. */
export function freshClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  const fresh = variantsFor(preset, "variation").filter(
    (variant) => variantConfig(preset, variant).sampling.freshX,
  );
  return fresh.flatMap(({ name: variant }) =>
    distinct(variantRecords(rows, { variant }), "regime").map((regime) => {
      const records = lastOf(variantRecords(rows, { variant, regime }));
      return agreement({
        id: `linear.${variant}.${regime}`,
        statement: `With a new X every round the mean test error of ${regimeLabel(regime)} is the expected one (ratio 1, within 3 s.e.)`,
        expected: 1,
        estimate: average(records.map((r) => over(r, expectedOf(r)))),
        runs: [`${variant} ${regime}`],
      });
    }),
  );
}
