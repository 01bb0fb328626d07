import { agreement, type Estimate } from "../../claims/agreement";
import type { Claim } from "../../claims/claim";
import { compare } from "../../claims/compare";
import { Measured, type Place } from "../../claims/measured";
import { threshold } from "../../claims/threshold";
import type { Summary } from "../../metrics/statistics";
import type { Row } from "../experiment";
import { MAIN } from "../preset";

/** lim Σ_{k≥2} 1/k²: what Accumulate's rounds add to the noise of one fit, whatever their number. */
const BOUND = Math.PI ** 2 / 6 - 1;

/** The paper's statements on linear regression (§3), on a table: everything given its real rows. */
export function tableClaims(records: readonly Row[]): Claim[] {
  const measured = new Measured(records);
  const last = Math.max(2, measured.last(MAIN, "replace"));
  const at = (regime: string, iteration = last): Place => ({ variant: MAIN, regime, iteration });
  const runs = (regime: string) => measured.runs(MAIN, regime, last);
  const drift = (regime: string) =>
    measured.overSeeds((seed) => measured.value(at(regime), seed, "drift"));
  const expected = (regime: string) => {
    const row = records.find((r) => r.regime === regime && r.iteration === last);
    return typeof row?.expectedDrift === "number" ? row.expectedDrift : Number.NaN;
  };
  const agrees = (regime: string, words: string) =>
    agreement({
      id: `table.${regime}.closed-form`,
      statement: `${words} (mean distance from the fit on real data at iteration ${last}, in units of one fit's noise, within 3 s.e. of ${expected(regime).toPrecision(4)})`,
      expected: expected(regime),
      estimate: estimateOf(drift(regime)),
      runs: runs(regime),
    });
  const below = (regime: string) =>
    compare({
      id: `table.${regime}.below-replace`,
      statement: `Under ${regime} the error on held-out rows at iteration ${last} is below replace's (difference < 0)`,
      ...{ measured, metric: "testError", by: "difference", below: 0 },
      of: at(regime),
      to: at("replace"),
    });
  return [
    compare({
      id: "table.replace.rises",
      statement: `§3, Figure 7: under replace the error on held-out rows at iteration ${last} is above that of the fit on real data (ratio > 1)`,
      ...{ measured, metric: "testError", by: "ratio", above: 1 },
      of: at("replace"),
      to: at("replace", 1),
    }),
    agrees("replace", "§3, eq. 4: Replace adds one fit's noise a round"),
    agrees("accumulate", "§3, Theorem 2: under Accumulate round n adds 1/n² of it"),
    threshold({
      id: "table.accumulate.bounded",
      statement: `§3, Theorem 2: what Accumulate's rounds add stays below π²/6 − 1 of one fit's noise (mean at iteration ${last} < ${BOUND.toFixed(3)})`,
      ...{ summary: drift("accumulate"), below: BOUND, runs: runs("accumulate") },
      published: undefined,
    }),
    below("accumulate"),
    below("accumulate-subsample"),
  ];
}

/** A single seed has no standard error. */
function estimateOf(summary: Summary | undefined): Estimate | undefined {
  return summary && { mean: summary.mean, se: summary.se ?? Number.NaN, n: summary.n };
}
