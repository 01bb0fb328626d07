import {
  agreement,
  average,
  ENOUGH_CHAINS,
  largestAllowed,
  largestScore,
} from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import { type LinearPreset, variantsFor } from "../preset";
import { distinct, type LinearRecord, lastOf, variantRecords } from "../records";
import { ratioToExpected } from "./estimates";

/**
 * Iterations at which a figure is compared, fixed beforehand: the first, the tenth and the last.
 * Values in between belong to the same chains and add little.
 */
export function declaredIterations(records: readonly LinearRecord[]): number[] {
  const last = Math.max(...records.map((r) => r.iteration));
  return [...new Set([1, Math.min(10, last), last])];
}

/** One comparison per figure and regime: the last iteration, averaged over all T and σ². */
export function agreementClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  return variantsFor(preset, "paper").flatMap(({ name: variant, label, published = variant }) =>
    distinct(variantRecords(rows, { variant }), "regime").map((regime) => {
      const records = lastOf(variantRecords(rows, { variant, regime }));
      const n = records[0].iteration;
      return agreement({
        id: `linear.theory.${published}.${regime}`,
        statement: `${label}: the mean test error of ${regimeLabel(regime)} at n = ${n} is the expected one (ratio 1, average of ${records.length} conditions, within 3 s.e.)`,
        expected: 1,
        estimate: average(records.map(ratioToExpected)),
        runs: [`${variant} ${regime} n=${n}`],
      });
    }),
  );
}

/** All declared points of the paper's figures at once, against the bound for the largest of them. */
export function worstPointClaim(rows: readonly Row[], preset: LinearPreset): Claim {
  const variants = variantsFor(preset, "paper").map(({ name }) => name);
  const points = variants.flatMap((variant) => declaredPoints(variantRecords(rows, { variant })));
  const scores = points.map((record) => {
    const { mean, se } = ratioToExpected(record);
    return Math.abs(mean - 1) / se;
  });
  const bound = largestAllowed(Math.max(1, scores.length));
  const inside = scores.filter((z) => z <= 3).length;
  const enough = points.every((record) => record.n >= ENOUGH_CHAINS);
  return largestScore({
    id: "linear.theory.worst-point",
    statement: `Figures 7 and 16: at n = 1, 10 and last, no mean is further from the expected one than chance allows: largest |z| of ${scores.length} ≤ ${bound.toFixed(2)} (5 %, Bonferroni); ${inside} of them are within 3 s.e.`,
    runs: variants,
    scores: enough ? scores : [],
  });
}

function declaredPoints(records: readonly LinearRecord[]): LinearRecord[] {
  if (records.length === 0) return [];
  const declared = declaredIterations(records);
  return records.filter((record) => declared.includes(record.iteration));
}
