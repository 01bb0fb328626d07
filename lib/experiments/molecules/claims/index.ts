import type { Claim } from "../../../claims/claim";
import { Measured } from "../../../claims/measured";
import type { Row } from "../../experiment";
import { growingVariantsOf, type MoleculesPreset, samplerVariantsOf } from "../preset";
import { regimeClaims } from "./regimes";
import { samplerClaims } from "./sampler";
import { trainingClaims } from "./training";

/** The paper's claims about molecule diffusion (Figure 4), each seed relative to its own first model. */
export function moleculesClaims(records: readonly Row[], preset: MoleculesPreset): Claim[] {
  const measured = new Measured(records);
  const [main, ...others] = samplerVariantsOf(preset);
  return [
    ...regimeClaims(measured, main),
    ...others.flatMap((other) => samplerClaims(measured, main, other)),
    ...growingVariantsOf(preset).flatMap((growing) => trainingClaims(measured, main, growing)),
  ];
}
