import { UserError } from "../../errors";

/** Refusal of a record that is written properly, but is no conformer of a molecule as meant here. */
export class Unusable extends UserError {
  /**
   * @param reason a few words, the same for all records of a kind, for `SkipCounts`
   * @param sentence the whole message
   */
  constructor(
    readonly reason: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** Why records of an SD file are left out. */
export const SDF_REASONS = {
  drawing: "a drawing in two dimensions",
  hydrogens: "hydrogens are missing",
  valence: "an atom has too many bonds",
  radical: "a radical",
  isotopes: "isotopes",
  charge: "a formal charge out of range",
  bondType: "a bond that is not single, double or triple",
  bondLength: "a bond of an impossible length",
  coincident: "atoms coincide",
  element: "an atom that is no element from H to Rn",
  size: "too many atoms, or no heavy one",
} as const;
