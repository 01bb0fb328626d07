import { UserError } from "../errors";
import type { Claim } from "./claim";

/** One line per claim for people: verdict, statement, estimate with its interval, published value. */
export function claimLines(claims: readonly Claim[]): string[] {
  return claims.map((claim) => {
    const { estimate, low, high, published, verdict, statement, id } = claim;
    const interval = Number.isFinite(low) ? ` [${short(low)}, ${short(high)}]` : "";
    const beside = published === null ? "" : `, published ${short(published)}`;
    return `${verdict.padEnd(15)} ${statement}\n${" ".repeat(16)}${short(estimate)}${interval}${beside}  (${id})`;
  });
}

/** One JSON object per claim; numbers that are not finite become null. */
export function claimJson(claim: Claim): string {
  const { id, statement, estimate, low, high, published, verdict, runs } = claim;
  const line = { id, statement, estimate, low, high, published, verdict, runs };
  return JSON.stringify(line, (_key, value) =>
    typeof value === "number" && !Number.isFinite(value) ? null : value,
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
