import { UserError } from "../errors";
import { namedRegime } from "./checkRegime";
import { type CurationInput, curationName, curationSpec } from "./curation/spec";
import type { Regime } from "./regime";

/**
 * A regime whose models' samples are curated before they become blocks.
 * @example curated(replace, { kind: "best-of", candidates: 4, reward: "sharpness" })
 * @throws UserError if the curation is wrong in itself
 */
export function curated(regime: Regime, curation: CurationInput): Regime {
  const result = curationSpec.safeParse(curation);
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    throw new UserError(
      `The curation ${JSON.stringify(curation)} is wrong${path.length > 0 ? ` at "${path.join(".")}"` : ""}: ${message}.`,
    );
  }
  return namedRegime(`${regime.name}, ${curationName(result.data)}`, (n, T) => ({
    ...regime.plan(n, T),
    curate: result.data,
  }));
}
