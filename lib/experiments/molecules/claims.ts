import type { Claim } from "../../claims/claim";
import { Measured } from "../../claims/measured";
import type { Row } from "../experiment";
import { growingOf, type MoleculesPreset, readingsOf } from "./preset";
import { regimeClaims } from "./statements/regimes";
import { stepsClaims } from "./statements/steps";
import { trainingClaims } from "./statements/training";

/** The paper's statements on molecule diffusion (Figure 4), each seed against its own first model. */
export function moleculesClaims(records: readonly Row[], preset: MoleculesPreset): Claim[] {
  const measured = new Measured(records);
  const [main, ...others] = readingsOf(preset);
  return [
    ...regimeClaims(measured, main),
    ...others.flatMap((other) => stepsClaims(measured, main, other)),
    ...growingOf(preset).flatMap((grown) => trainingClaims(measured, main, grown)),
  ];
}
