import { checkMolecule } from "./check";
import type { Molecule } from "./molecule";
import { toOpenChemLib } from "./openChemLib";

/** The bonds [i, j] that OpenChemLib considers aromatic (Hückel, in rings of up to seven atoms). */
export function aromaticBondsOf(molecule: Molecule): [number, number][] {
  checkMolecule(molecule, molecule.id ?? "The molecule");
  const { molecule: copy, order } = toOpenChemLib(
    molecule,
    new Float64Array(3 * molecule.atomicNumbers.length),
  );
  const found: [number, number][] = [];
  for (let k = 0; k < copy.getAllBonds(); k++) {
    if (!copy.isAromaticBond(k)) continue;
    const [a, b] = [order[copy.getBondAtom(0, k)], order[copy.getBondAtom(1, k)]];
    found.push(a < b ? [a, b] : [b, a]);
  }
  return found.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
}
