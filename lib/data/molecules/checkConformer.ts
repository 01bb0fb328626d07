import { COVALENT_RADII, SYMBOLS } from "../../metrics/molecules/elements";
import type { Molecule } from "./molecule";
import { missingHydrogens } from "./openChemLib";
import { SDF_REASONS, Unusable } from "./unusable";
import { electronFault, valenceFault } from "./valence";

/** Times the sum of the covalent radii, as in the metric for broken bonds. */
const SHORTEST = 0.75;
const LONGEST = 1.25;

/**
 * Makes sure that coordinates are a conformer of a molecule, not a drawing of it: all hydrogens are
 * there, no atom has too many bonds, no electron is unpaired, the atoms are not all in the plane z = 0
 * if a tetrahedral one is among them, and bonds have lengths between 0.75 and 1.25 times the sum of the
 * covalent radii.
 * @param positions 3N coordinates, ångström
 * @param where the record, for error messages
 * @throws Unusable, which is a UserError, if they are not
 */
export function checkConformer(
  molecule: Molecule,
  positions: ArrayLike<number>,
  where: string,
): void {
  const { atomicNumbers, bonds } = molecule;
  const name = (atom: number) => `atom ${atom} (${SYMBOLS[atomicNumbers[atom]]})`;
  const crowded = valenceFault(molecule);
  if (crowded) throw new Unusable(SDF_REASONS.valence, `${where} ${crowded}.`);
  const odd = electronFault(molecule);
  if (odd) throw new Unusable(SDF_REASONS.radical, `${where} ${odd}.`);
  const missing = missingHydrogens(molecule);
  const bare = missing.findIndex((count) => count > 0);
  if (bare >= 0)
    throw new Unusable(
      SDF_REASONS.hydrogens,
      `${where} lacks ${missing.reduce((a, b) => a + b, 0)} hydrogens, the first at ${name(bare)}. Conformers need all hydrogens; add them with their coordinates.`,
    );
  const degrees = new Uint8Array(atomicNumbers.length);
  for (const [i, j] of bonds) {
    degrees[i]++;
    degrees[j]++;
  }
  const tetrahedral = degrees.findIndex((degree, i) => degree === 4 && atomicNumbers[i] === 6);
  const flat = Array.from(atomicNumbers.keys()).every((i) => positions[3 * i + 2] === 0);
  if (flat && tetrahedral >= 0)
    throw new Unusable(
      SDF_REASONS.drawing,
      `${where} is flat (every z is 0), but ${name(tetrahedral)} has four neighbours: this is a drawing in two dimensions, not a conformer.`,
    );
  for (const [i, j] of bonds) {
    const sum = COVALENT_RADII[atomicNumbers[i]] + COVALENT_RADII[atomicNumbers[j]];
    const [min, max] = [SHORTEST * sum, LONGEST * sum];
    const length = Math.hypot(
      ...[0, 1, 2].map((axis) => positions[3 * i + axis] - positions[3 * j + axis]),
    );
    if (length < min || length > max)
      throw new Unusable(
        SDF_REASONS.bondLength,
        `${where} has a bond of ${length.toFixed(2)} Å between ${name(i)} and ${name(j)}, where ${min.toFixed(2)} to ${max.toFixed(2)} Å are possible. Are the coordinates in ångström and three-dimensional?`,
      );
  }
}
