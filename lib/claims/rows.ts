import type { Row } from "../metrics/row";
import type { Claim } from "./claim";

/** Claims as rows of a table: statement, estimate, interval, published value, verdict. */
export function claimRows(claims: readonly Claim[]): Row[] {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return claims.map(({ statement, estimate, low, high, published, verdict }) => ({
    statement,
    estimate: finite(estimate),
    low: finite(low),
    high: finite(high),
    published,
    verdict,
  }));
}
