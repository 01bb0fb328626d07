import type { Claim } from "../../claims/claim";
import type { Row } from "../experiment";
import { agreementClaims, worstPointClaim } from "./statements/agreement";
import { freshClaims, subsampleClaim } from "./statements/beyond";
import { publishedEndClaims, publishedWorstClaim } from "./statements/comparison";
import { boundClaim, limitClaim, slopeClaims } from "./statements/growth";

/**
 * The linear theory's statements. Single comparisons allow 3 s.e.; where the largest of many is
 * judged, the bound is Bonferroni's and stands in the statement.
 */
export function linearClaims(rows: readonly Row[]): Claim[] {
  return [
    ...agreementClaims(rows),
    worstPointClaim(rows),
    ...slopeClaims(rows),
    limitClaim(rows),
    boundClaim(rows),
    subsampleClaim(rows),
    ...freshClaims(rows),
    ...publishedEndClaims(rows),
    publishedWorstClaim(rows),
  ];
}
