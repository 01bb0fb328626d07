import type { Claim } from "../../../claims/claim";
import { Measured } from "../../../claims/measured";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { firstIterationClaim } from "./firstIteration";
import { regimeClaims } from "./regimes";
import { temperatureClaims } from "./temperature";
import { textClaims } from "./texts";

/** The paper's statements on language models (§4.1), each seed compared with its own first model. */
export function languageClaims(records: readonly Row[], preset: LanguagePreset): Claim[] {
  const measured = new Measured(records);
  const main = preset.variants[0];
  return [
    ...regimeClaims(measured, main),
    ...preset.variants
      .filter(({ role }) => role === "temperature")
      .flatMap((cold) => temperatureClaims(measured, main, cold)),
    ...preset.variants
      .filter(({ role }) => role === "first-iteration")
      .map((first) => firstIterationClaim(measured, first)),
    ...textClaims(measured, main),
  ];
}
