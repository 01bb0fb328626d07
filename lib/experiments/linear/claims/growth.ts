import { agreement, average, notAbove } from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { accumulateError, accumulateRatioLimit, oneFitError } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf } from "../preset";
import { type LinearRecord, lastOf, variantRecords } from "../records";
import { inFits, over } from "./estimates";

const SLOPES = [
  ["replace", "n", "eq. 4: Replace grows linearly, by v a round"],
  ["replace-multiple", "H_n", "eq. 11: Replace-Multiple grows like the harmonic number, v H_n"],
  ["accumulate", "Σ 1/i²", "Theorem 2: Accumulate grows like the partial sums of 1/i², v Σ 1/i²"],
] as const;

/** What the limit is compared with where there are no records yet. */
const FIGURE_16_END = { d: 10, T: 100, sigma2: 1, iteration: 200 };

/** Slope of each chain's error against the growth law, in units of v. */
export function slopeClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  const variant = variantOf(preset, "figure-16");
  return SLOPES.map(([regime, shape, words]) => {
    const records = variantRecords(rows, { variant, regime, kind: "slope" });
    return agreement({
      id: `linear.${regime}.slope`,
      statement: `${words} (slope against ${shape} over v is 1, within 3 s.e.)`,
      expected: 1,
      estimate: average(records.map((record) => over(record, 1))),
      runs: [`${variant} ${regime} slope`],
    });
  });
}

/** Figure 16's right end: what Accumulate has lost after its last iteration, in units of one fit. */
export function limitClaim(rows: readonly Row[], preset: LinearPreset): Claim {
  const records = longRun(rows, preset);
  const { d, T, sigma2, iteration: n } = records[0] ?? FIGURE_16_END;
  const expected = accumulateError({ d, T, sigma2, n }) / oneFitError({ d, T, sigma2 });
  return agreement({
    id: "linear.accumulate.limit",
    statement: `Theorem 2, Figure 16: after ${n} iterations Accumulate has ${expected.toFixed(2)} times the error of one fit (within 3 s.e.)`,
    expected,
    estimate: average(records.map(inFits)),
    runs: [`figure-16 accumulate n=${n}`],
  });
}

/** The bound: fails if a whole 3-s.e. interval is above π²/6. */
export function boundClaim(rows: readonly Row[], preset: LinearPreset): Claim {
  const records = longRun(rows, preset);
  return notAbove({
    id: "linear.accumulate.bound",
    statement:
      "Theorem 2: with the same X and noise every round, Accumulate's expected error never exceeds π²/6 times that of one fit (its last mean is not above it by more than 3 s.e.)",
    bound: accumulateRatioLimit,
    published: accumulateRatioLimit,
    estimate: average(records.map(inFits)),
    runs: [`figure-16 accumulate n=${(records[0] ?? FIGURE_16_END).iteration}`],
  });
}

/** Accumulate's last iteration in the figure's long run. */
function longRun(rows: readonly Row[], preset: LinearPreset): LinearRecord[] {
  const variant = variantOf(preset, "figure-16");
  return lastOf(variantRecords(rows, { variant, regime: "accumulate" }));
}
