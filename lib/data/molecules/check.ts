import { UserError } from "../../errors";
import { requireElement, SYMBOLS } from "./elements";
import { formulaOf, type Molecule } from "./molecule";

/** Atoms of the largest molecule that is read, hydrogens included; GEOM-Drugs stays below 200. */
export const MAX_ATOMS = 400;

/** Ångström: atoms that are closer coincide. The shortest bond, of H2, is 0.74. */
export const CLOSEST_ATOMS = 0.3;

/**
 * Makes sure that a molecule can be worked with.
 * @param where it comes from: the message begins with it
 * @throws UserError if it has no heavy atom, more than {@link MAX_ATOMS} atoms, an element outside
 *   the table, or a bond that cannot be
 */
export function checkMolecule(molecule: Molecule, where: string): void {
  const { atomicNumbers, formalCharges, bonds, aromaticBonds } = molecule;
  const size = atomicNumbers.length;
  if (size > MAX_ATOMS)
    throw new UserError(`${where} has ${size} atoms; at most ${MAX_ATOMS} are read. Leave it out.`);
  for (const number of atomicNumbers) requireElement(number, where);
  if (!atomicNumbers.some((number) => number > 1))
    throw new UserError(`${where} has no heavy atom, only ${size} of hydrogen. Leave it out.`);
  if (formalCharges.length !== size)
    throw new UserError(`${where} has ${size} atoms, but ${formalCharges.length} formal charges.`);
  const seen = new Set<number>();
  for (const [i, j, order] of bonds) {
    if (!(Number.isInteger(i) && Number.isInteger(j) && i >= 0 && i < j && j < size))
      throw new UserError(
        `${where} has a bond of atoms ${i} and ${j}; it needs two of ${size}, the lower first.`,
      );
    if (order !== 1 && order !== 2 && order !== 3)
      throw new UserError(`${where} has a bond of order ${order} (${i}–${j}), not 1, 2 or 3.`);
    if (seen.has(i * size + j)) throw new UserError(`${where} has the bond ${i}–${j} twice.`);
    seen.add(i * size + j);
  }
  for (const [i, j] of aromaticBonds)
    if (!seen.has(i * size + j))
      throw new UserError(`${where} has an aromatic bond ${i}–${j} that is no bond.`);
}

/**
 * Makes sure that coordinates are those of some conformer of a molecule of N atoms.
 * @throws UserError for a wrong number, one that is not finite, or atoms that coincide
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
      if (x > CLOSEST_ATOMS || x < -CLOSEST_ATOMS) continue;
      const y = positions[3 * i + 1] - positions[3 * j + 1];
      const z = positions[3 * i + 2] - positions[3 * j + 2];
      const distance = Math.sqrt(x * x + y * y + z * z);
      if (distance < CLOSEST_ATOMS)
        throw new UserError(
          `${where} has atoms ${i} and ${j} at ${distance.toFixed(3)} Å from each other; below ` +
            `${CLOSEST_ATOMS} Å they coincide.`,
        );
    }
}

/**
 * Makes sure that coordinates are of the molecule that a SMILES says, element by element.
 * @throws UserError if their number of atoms or their elements differ
 */
export function checkElements(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  smiles: string,
  where: string,
): void {
  const formulas = [found, wanted].map((numbers) => formulaOf(numbers, SYMBOLS));
  if (found.length !== wanted.length)
    throw new UserError(
      `${where} has ${found.length} atoms (${formulas[0]}), but its SMILES ${smiles} has ` +
        `${wanted.length} (${formulas[1]}).`,
    );
  if (formulas[0] !== formulas[1])
    throw new UserError(`${where} is ${formulas[0]}, but its SMILES ${smiles} is ${formulas[1]}.`);
}
