import {
  ENOUGH_CHAINS,
  interval,
  largestAllowed,
  largestScore,
  UNKNOWN,
} from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { regimeLabel } from "../../../figures/style";
import { relativeSpread } from "../../../theory/index";
import type { Row } from "../../experiment";
import { type LinearPreset, variantOf } from "../preset";
import { PUBLISHED_REPEATS, type PublishedPoint, publishedPoints } from "../published";
import { type LinearRecord, variantRecords } from "../records";
import { expectedOf } from "./estimates";

interface Pair {
  readonly point: PublishedPoint;
  readonly record: LinearRecord;
  /** Standard errors of the measured mean and of the published one, the latter for 40 repeats. */
  readonly measuredError: number;
  readonly publishedError: number;
  readonly z: number;
}

function pairs(rows: readonly Row[], preset: LinearPreset): Pair[] {
  return publishedPoints({}).flatMap((point) => {
    const { figure, regime, T, sigma2, iteration } = point;
    const variant = variantOf(preset, figure);
    const [record] = variantRecords(rows, { variant, regime, T, sigma2, iteration });
    if (!record || record.n < ENOUGH_CHAINS) return [];
    const sd = relativeSpread(record) * expectedOf(record);
    const measuredError = sd / Math.sqrt(record.n);
    const publishedError = sd / Math.sqrt(PUBLISHED_REPEATS);
    const z = Math.abs(record.mean - point.value) / Math.hypot(measuredError, publishedError);
    return [{ point, record, measuredError, publishedError, z }];
  });
}

/** The right ends of both figures at T = 100, σ² = 1: our mean beside the published one. */
export function publishedEndClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  const all = pairs(rows, preset);
  const ends = publishedPoints({ T: 100, sigma2: 1 }).filter(isEnd);
  return ends.map((point) => {
    const { figure, regime, T, sigma2, iteration, value } = point;
    const label = figure === "figure-07" ? "Figure 7" : "Figure 16";
    const base = {
      id: `linear.published.${figure}.${regime}`,
      statement: `${label}: ${regimeLabel(regime)} at T = ${T}, σ² = ${sigma2}, n = ${iteration} as published (within 3 combined s.e.; the paper's bands imply about ${PUBLISHED_REPEATS} repeats)`,
      published: value,
      runs: [`${figure} ${regime} T=${T} sigma2=${sigma2} n=${iteration}`],
    };
    const pair = all.find((candidate) => candidate.point === point);
    if (!pair) return { ...base, ...UNKNOWN };
    const { mean, n } = pair.record;
    return {
      ...base,
      estimate: mean,
      ...interval({ mean, se: pair.measuredError, n }),
      verdict: pair.z <= 3 ? ("holds" as const) : ("fails" as const),
    };
  });
}

/** All published points at once. */
export function publishedWorstClaim(rows: readonly Row[], preset: LinearPreset): Claim {
  const scores = pairs(rows, preset).map(({ z }) => z);
  const bound = largestAllowed(Math.max(1, scores.length));
  return largestScore({
    id: "linear.published.worst-point",
    statement: `Figures 7 and 16: no published mean differs from the measured one by more than chance allows: largest |z| of ${scores.length} ≤ ${bound.toFixed(2)} (5 %, Bonferroni; ${PUBLISHED_REPEATS} published repeats assumed)`,
    runs: ["figure-07", "figure-16"],
    scores,
  });
}

function isEnd({ figure, iteration }: PublishedPoint): boolean {
  return iteration === (figure === "figure-07" ? 10 : 200);
}
