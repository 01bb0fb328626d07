import { UserError } from "../../errors";
import { requireElement, SYMBOLS } from "../../metrics/molecules/elements";
import { formulaOf, type Molecule } from "./molecule";
import { SDF_REASONS, Unusable } from "./unusable";

/** Maximum number of atoms of a molecule, hydrogens included; GEOM-Drugs stays below 200. */
export const MAX_ATOMS = 400;

/** Ångström: atoms that are closer than this coincide. The shortest bond, of H2, is 0.74. */
export const MIN_DISTANCE = 0.3;

/**
 * Makes sure that a molecule is valid.
 * @param where it comes from; the error message begins with it
 * @throws UserError if it has no heavy atom, more than {@link MAX_ATOMS} atoms, an element that is not
 *   in the table, or an impossible bond
 */
export function checkMolecule(molecule: Molecule, where: string): void {
  const { atomicNumbers, formalCharges, bonds, aromaticBonds } = molecule;
  const size = atomicNumbers.length;
  if (size > MAX_ATOMS)
    throw new Unusable(
      SDF_REASONS.size,
      `${where} has ${size} atoms; at most ${MAX_ATOMS} are supported. Leave it out.`,
    );
  for (const number of atomicNumbers) requireElement(number, where);
  if (!atomicNumbers.some((number) => number > 1))
    throw new Unusable(
      SDF_REASONS.size,
      `${where} has no heavy atom, only ${size} hydrogens. Leave it out.`,
    );
  if (formalCharges.length !== size)
    throw new UserError(`${where} has ${size} atoms, but ${formalCharges.length} formal charges.`);
  const seen = new Set<number>();
  for (const [i, j, order] of bonds) {
    if (!(Number.isInteger(i) && Number.isInteger(j) && i >= 0 && i < j && j < size))
      throw new UserError(
        `${where} has a bond between atoms ${i} and ${j}; it must join two of the ${size} atoms, the lower index first.`,
      );
    if (order !== 1 && order !== 2 && order !== 3)
      throw new UserError(`${where} has a bond of order ${order} (${i}–${j}), not 1, 2 or 3.`);
    if (seen.has(i * size + j)) throw new UserError(`${where} has the bond ${i}–${j} twice.`);
    seen.add(i * size + j);
  }
  for (const [i, j] of aromaticBonds)
    if (!seen.has(i * size + j))
      throw new UserError(`${where} has an aromatic bond ${i}–${j} that is not among its bonds.`);
}

/**
 * Makes sure that coordinates can be those of a molecule with N atoms.
 * @throws UserError for a wrong number of them, one that is not finite, or atoms that coincide
 */
export function checkPositions(positions: ArrayLike<number>, size: number, where: string): void {
  if (positions.length !== 3 * size)
    throw new UserError(
      `${where} has ${positions.length} coordinates; the molecule's ${size} atoms need ${3 * size}.`,
    );
  for (let k = 0; k < positions.length; k++)
    if (!Number.isFinite(positions[k]))
      throw new UserError(
        `${where} has the ${"xyz"[k % 3]} coordinate ${positions[k]} at atom ${Math.floor(k / 3)}.`,
      );
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const x = positions[3 * i] - positions[3 * j];
      if (x > MIN_DISTANCE || x < -MIN_DISTANCE) continue;
      const y = positions[3 * i + 1] - positions[3 * j + 1];
      const z = positions[3 * i + 2] - positions[3 * j + 2];
      const distance = Math.sqrt(x * x + y * y + z * z);
      if (distance < MIN_DISTANCE)
        throw new Unusable(
          SDF_REASONS.coincident,
          `${where} has atoms ${i} and ${j} at ${distance.toFixed(3)} Å from each other; atoms closer ` +
            `than ${MIN_DISTANCE} Å coincide.`,
        );
    }
}

/**
 * Makes sure that atoms are those of a SMILES, element by element.
 * @throws UserError if the number of atoms or the elements differ
 */
export function checkElements(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  smiles: string,
  where: string,
): void {
  const formulas = [actual, expected].map((numbers) => formulaOf(numbers, SYMBOLS));
  if (actual.length !== expected.length)
    throw new UserError(
      `${where} has ${actual.length} atoms (${formulas[0]}), but its SMILES ${smiles} has ` +
        `${expected.length} (${formulas[1]}).`,
    );
  if (formulas[0] !== formulas[1])
    throw new UserError(`${where} is ${formulas[0]}, but its SMILES ${smiles} is ${formulas[1]}.`);
}
