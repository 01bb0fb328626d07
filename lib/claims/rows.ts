import type { Row } from "../metrics/row";
import type { Claim } from "./claim";
import { verdictText } from "./print";

/** Claims as rows of a table: statement, estimate, interval, published value, verdict. */
export function claimRows(claims: readonly Claim[]): Row[] {
  const finite = (value = Number.NaN) => (Number.isFinite(value) ? value : null);
  return claims.map((claim) => ({
    statement: claim.statement,
    estimate: finite(claim.estimate),
    low: finite(claim.low),
    high: finite(claim.high),
    "d.f.": finite(claim.degreesOfFreedom),
    published: finite(claim.published),
    verdict: verdictText(claim),
  }));
}
