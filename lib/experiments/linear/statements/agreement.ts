import {
  agreement,
  average,
  ENOUGH_CHAINS,
  type Estimate,
  largestAllowed,
  largestScore,
} from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { regimeLabel } from "../../../figures/style";
import { relativeSpread } from "../../../theory/index";
import type { Row } from "../../experiment";
import { expectedError } from "../expected";
import { distinct, type LinearRecord, select } from "../records";
import type { Part } from "../settings";

const FIGURES = [
  { part: "figure-07", name: "Figure 7" },
  { part: "figure-16", name: "Figure 16" },
] as const;

/**
 * Measured over closed form, with the exact standard error of a mean of n chains: with fixed X the
 * test error is Fisher's F up to scale, so its spread is known and need not be estimated.
 */
export function overTheory(record: LinearRecord): Estimate {
  const se = relativeSpread(record) / Math.sqrt(record.n);
  return { mean: record.mean / expectedError(record), se, n: record.n };
}

/**
 * Iterations at which a figure is compared, fixed beforehand: the first, the tenth and the last.
 * Values in between belong to the same chains and add little.
 */
export function declaredIterations(records: readonly LinearRecord[]): number[] {
  const last = Math.max(...records.map((r) => r.iteration));
  return [...new Set([1, Math.min(10, last), last])];
}

/** One comparison a figure and regime: the last iteration, averaged over all T and σ². */
export function agreementClaims(rows: readonly Row[]): Claim[] {
  return FIGURES.flatMap(({ part, name }) =>
    distinct(select(rows, { part }), "regime").map((regime) => {
      const records = lastOf(select(rows, { part, regime }));
      const n = records[0].iteration;
      return agreement({
        id: `linear.theory.${part}.${regime}`,
        statement: `${name}: the mean test error of ${regimeLabel(regime)} at n = ${n} is the closed form's (ratio 1, average of ${records.length} settings, within 3 s.e.)`,
        expected: 1,
        estimate: average(records.map(overTheory)),
        runs: [`${part} ${regime} n=${n}`],
      });
    }),
  );
}

/** All declared points of both figures at once, against the bound for the largest of that many. */
export function worstPointClaim(rows: readonly Row[]): Claim {
  const points = FIGURES.flatMap(({ part }) => declaredPoints(rows, part));
  const scores = points.map((record) => {
    const { mean, se } = overTheory(record);
    return Math.abs(mean - 1) / se;
  });
  const bound = largestAllowed(Math.max(1, scores.length));
  const inside = scores.filter((z) => z <= 3).length;
  const head = {
    id: "linear.theory.worst-point",
    statement: `Figures 7 and 16: at n = 1, 10 and last, no mean is further from its closed form than chance allows: largest |z| of ${scores.length} ≤ ${bound.toFixed(2)} (5 %, Bonferroni); ${inside} of them lie within 3 s.e.`,
    runs: FIGURES.map(({ part }) => part),
  };
  const enough = points.every((record) => record.n >= ENOUGH_CHAINS);
  return largestScore({ ...head, scores: enough ? scores : [] });
}

function declaredPoints(rows: readonly Row[], part: Part): LinearRecord[] {
  const records = select(rows, { part });
  if (records.length === 0) return [];
  const declared = declaredIterations(records);
  return records.filter((record) => declared.includes(record.iteration));
}

/** The records of the last iteration. */
export function lastOf(records: readonly LinearRecord[]): LinearRecord[] {
  const last = Math.max(...records.map((r) => r.iteration));
  return records.filter((r) => r.iteration === last);
}
