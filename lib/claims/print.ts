import { UserError } from "../errors";
import type { Claim } from "./claim";

/** One line per claim for people: verdict, statement, estimate with its interval, published value. */
export function claimLines(claims: readonly Claim[]): string[] {
  return claims.map((claim) => {
    const { estimate, low, high, degreesOfFreedom, published, statement, id } = claim;
    const freedom = degreesOfFreedom === undefined ? "" : `, ${degreesOfFreedom} d.f.`;
    const interval = Number.isFinite(low) ? ` [${short(low)}, ${short(high)}]${freedom}` : "";
    const beside = published === undefined ? "" : `, published ${short(published)}`;
    return `${claim.verdict.padEnd(10)}${statement}\n${" ".repeat(10)}${short(estimate)}${interval}${sideText(claim)}${beside}  (${id})`;
  });
}

/** The verdict, and of an undecided one on which side of the threshold the estimate is. */
export function verdictText(claim: Claim): string {
  return `${claim.verdict}${sideText(claim)}`;
}

function sideText({ side, threshold }: Claim): string {
  return side && threshold !== undefined ? ` (${side} ${short(threshold)})` : "";
}

/** One JSON object per claim; numbers that are not there become null. */
export function claimJson(claim: Claim): string {
  const { id, statement, estimate, low, high, verdict, runs } = claim;
  const { degreesOfFreedom, comparisons = 1, threshold, side, published } = claim;
  const compared = { degreesOfFreedom, comparisons, threshold, side, published };
  const line = { id, statement, estimate, low, high, ...compared, verdict, runs };
  return JSON.stringify(line, (_key, value) =>
    value === undefined || (typeof value === "number" && !Number.isFinite(value)) ? null : value,
  );
}

/** Throws if a claim fails, so that the command ends with a non-zero exit code. */
export function requireClaims(claims: readonly Claim[]): void {
  const failing = claims.filter((claim) => claim.verdict === "fails");
  if (failing.length > 0)
    throw new UserError(
      `${failing.length} of ${claims.length} claims fail: ${failing.map((claim) => claim.id).join(", ")}.`,
    );
}

/** Four significant digits. */
export function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "–";
}
