import { interval, largestAllowed, largestScore, UNKNOWN } from "../../../claims/agreement";
import type { Claim } from "../../../claims/claim";
import { relativeSpread } from "../../../theory/index";
import type { Row } from "../../experiment";
import { expectedError } from "../expected";
import { PUBLISHED, PUBLISHED_REPEATS, type PublishedPoint } from "../published";
import { type LinearRecord, select } from "../records";

interface Pair {
  readonly point: PublishedPoint;
  readonly record: LinearRecord;
  /** Standard error of our mean and of the published one, the latter for 40 repeats. */
  readonly ours: number;
  readonly theirs: number;
  readonly z: number;
}

function pairs(rows: readonly Row[]): Pair[] {
  return PUBLISHED.flatMap((point) => {
    const { part, regime, T, sigma2, iteration } = point;
    const [record] = select(rows, { part, regime, T, sigma2, iteration });
    if (!record || record.n < 30) return [];
    const sd = relativeSpread(record) * expectedError(record);
    const ours = sd / Math.sqrt(record.n);
    const theirs = sd / Math.sqrt(PUBLISHED_REPEATS);
    const z = Math.abs(record.mean - point.value) / Math.hypot(ours, theirs);
    return [{ point, record, ours, theirs, z }];
  });
}

/** The right ends of both figures at T = 100, σ² = 1: our mean beside the published one. */
export function publishedEndClaims(rows: readonly Row[]): Claim[] {
  const found = pairs(rows);
  return PUBLISHED.filter(isEnd).map((point) => {
    const { part, regime, T, sigma2, iteration, value } = point;
    const figure = part === "figure-07" ? "Figure 7" : "Figure 16";
    const base = {
      id: `linear.published.${part}.${regime}`,
      statement: `${figure}: ${regime} at T = ${T}, σ² = ${sigma2}, n = ${iteration} as published (within 3 combined s.e.; the paper's bands imply about ${PUBLISHED_REPEATS} repeats)`,
      published: value,
      runs: [`${part} ${regime} T=${T} sigma2=${sigma2} n=${iteration}`],
    };
    const pair = found.find((candidate) => candidate.point === point);
    if (!pair) return { ...base, ...UNKNOWN };
    const { mean, n } = pair.record;
    return {
      ...base,
      estimate: mean,
      ...interval({ mean, se: pair.ours, n }),
      verdict: pair.z <= 3 ? ("holds" as const) : ("fails" as const),
    };
  });
}

/** All published points at once. */
export function publishedWorstClaim(rows: readonly Row[]): Claim {
  const scores = pairs(rows).map(({ z }) => z);
  const bound = largestAllowed(Math.max(1, scores.length));
  return largestScore({
    id: "linear.published.worst-point",
    statement: `Figures 7 and 16: no published mean differs from ours by more than chance allows: largest |z| of ${scores.length} ≤ ${bound.toFixed(2)} (5 %, Bonferroni; ${PUBLISHED_REPEATS} published repeats assumed)`,
    runs: ["figure-07", "figure-16"],
    scores,
  });
}

function isEnd({ part, T, sigma2, iteration }: PublishedPoint): boolean {
  return T === 100 && sigma2 === 1 && iteration === (part === "figure-07" ? 10 : 200);
}
