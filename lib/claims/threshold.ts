import type { Summary } from "../metrics/statistics";
import { type Claim, type ClaimHead, sideOf, type Verdict } from "./claim";

/** The side that a claim says the mean is on: exactly one of the two. */
export type Bound =
  | { readonly above: number; readonly below?: never }
  | { readonly below: number; readonly above?: never };

/**
 * "The mean is above (below) this value": holds if the whole 95 % interval is, fails if the whole
 * interval is on the other side, and is undecided otherwise.
 * @param parts.summary statistics over seeds; undefined if nothing was run
 * @example threshold({ id: "images.replace.rises", statement: "…", summary, above: 1, runs: [] })
 */
export function threshold(
  parts: ClaimHead & Bound & { readonly summary: Summary | undefined },
): Claim {
  const { id, statement, published, runs, summary, above, below } = parts;
  const value = above ?? below;
  const estimate = summary?.mean ?? Number.NaN;
  const low = summary?.low ?? Number.NaN;
  const high = summary?.high ?? Number.NaN;
  let verdict: Verdict = "undecided";
  if (low > value) verdict = above === undefined ? "fails" : "holds";
  if (high < value) verdict = above === undefined ? "holds" : "fails";
  return {
    ...{ id, statement, published, runs, estimate, low, high, verdict },
    degreesOfFreedom: summary && summary.n > 1 ? summary.n - 1 : undefined,
    threshold: value,
    side: verdict === "undecided" ? sideOf(estimate, value) : undefined,
  };
}
