import type { Summary } from "../metrics/statistics";
import type { Claim, Verdict } from "./claim";

/**
 * A statement "the mean lies above (below) this value": it holds if the whole 95 % interval does,
 * fails if the whole interval lies on the other side, and is undecided otherwise.
 */
export function threshold(
  parts: Pick<Claim, "id" | "statement" | "published" | "runs"> & {
    readonly summary: Summary | undefined;
    readonly above?: number;
    readonly below?: number;
  },
): Claim {
  const { id, statement, published, runs, summary, above, below } = parts;
  const estimate = summary?.mean ?? Number.NaN;
  const low = summary?.low ?? Number.NaN;
  const high = summary?.high ?? Number.NaN;
  let verdict: Verdict = "too little data";
  if (above !== undefined && low > above) verdict = "holds";
  if (above !== undefined && high < above) verdict = "fails";
  if (below !== undefined && high < below) verdict = "holds";
  if (below !== undefined && low > below) verdict = "fails";
  return { id, statement, published, runs, estimate, low, high, verdict };
}
