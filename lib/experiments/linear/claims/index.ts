import type { Claim } from "../../../claims/claim";
import type { Row } from "../../experiment";
import type { LinearPreset } from "../preset";
import { agreementClaims, worstPointClaim } from "./agreement";
import { freshClaims, subsampleClaim } from "./beyond";
import { publishedEndClaims, publishedWorstClaim } from "./comparison";
import { boundClaim, limitClaim, slopeClaims } from "./growth";
import { loopClaims } from "./loop";

/**
 * The linear theory's statements. Single comparisons allow 3 s.e.; where the largest of many is
 * judged, the bound is Bonferroni's and is part of the statement.
 */
export function linearClaims(rows: readonly Row[], preset: LinearPreset): Claim[] {
  return [
    ...agreementClaims(rows, preset),
    worstPointClaim(rows, preset),
    ...slopeClaims(rows, preset),
    limitClaim(rows, preset),
    boundClaim(rows, preset),
    subsampleClaim(rows, preset),
    ...freshClaims(rows, preset),
    ...loopClaims(rows, preset),
    ...publishedEndClaims(rows, preset),
    publishedWorstClaim(rows, preset),
  ];
}
