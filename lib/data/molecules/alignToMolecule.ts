import { checkElements, checkPositions } from "./check";
import { matchAtoms } from "./match";
import type { Molecule } from "./molecule";
import { perceiveBonds } from "./perceive";

/**
 * Puts coordinates in the order of a molecule's atoms, by an isomorphism between the graph perceived
 * from them (distances against covalent radii) and the molecule's own.
 * @returns undefined if the graphs differ: broken, formed or moved bonds, or another isomer
 * @throws UserError if the number of atoms, the elements or the coordinates cannot be those of the molecule
 */
export function alignToMolecule(
  molecule: Molecule,
  atomicNumbers: Uint8Array,
  positions: ArrayLike<number>,
  where: string,
): Float64Array | undefined {
  checkElements(atomicNumbers, molecule.atomicNumbers, molecule.smiles, where);
  checkPositions(positions, atomicNumbers.length, where);
  const perceived = { atomicNumbers, bonds: perceiveBonds(atomicNumbers, positions) };
  const image = matchAtoms(molecule, perceived);
  if (image === undefined) return undefined;
  const ordered = new Float64Array(positions.length);
  for (let i = 0; i < image.length; i++)
    for (let c = 0; c < 3; c++) ordered[3 * i + c] = positions[3 * image[i] + c];
  return ordered;
}
