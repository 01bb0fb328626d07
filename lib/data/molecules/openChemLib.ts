import type { ForceFieldMMFF94, Molecule as OclMolecule } from "openchemlib";
import { UserError } from "../../errors";
import { loadOpenChemLib } from "./loadOpenChemLib";
import type { Bond, Molecule } from "./molecule";

let registered = false;

/** Loads OpenChemLib's torsion and force-field tables, once per process. */
export function registerTables(): void {
  if (!registered) loadOpenChemLib().Resources.registerFromNodejs();
  registered = true;
}

/** An OpenChemLib molecule as ours, in OpenChemLib's order of atoms (hydrogens last). */
export function fromOpenChemLib(from: OclMolecule, smiles: string): Molecule {
  from.ensureHelperArrays(loadOpenChemLib().Molecule.cHelperRings);
  const size = from.getAllAtoms();
  const bonds: Bond[] = [];
  const aromaticBonds: [number, number][] = [];
  for (let k = 0; k < from.getAllBonds(); k++) {
    const [a, b] = [from.getBondAtom(0, k), from.getBondAtom(1, k)];
    const [i, j] = a < b ? [a, b] : [b, a];
    bonds.push([i, j, from.getBondOrder(k)]);
    if (from.isAromaticBond(k)) aromaticBonds.push([i, j]);
  }
  return {
    smiles,
    atomicNumbers: Uint8Array.from({ length: size }, (_, i) => from.getAtomicNo(i)),
    formalCharges: Int8Array.from({ length: size }, (_, i) => from.getAtomCharge(i)),
    bonds,
    aromaticBonds,
  };
}

/** A molecule with coordinates as OpenChemLib's; `order[k]` is our index of its atom k. */
export function toOpenChemLib(
  { atomicNumbers, formalCharges, bonds }: Molecule,
  positions: ArrayLike<number>,
): { molecule: OclMolecule; order: Int32Array } {
  const { Molecule } = loadOpenChemLib();
  const size = atomicNumbers.length;
  // OpenChemLib moves hydrogens behind all other atoms, so they are added last.
  const atoms = Array.from({ length: size }, (_, i) => i);
  const order = Int32Array.from([
    ...atoms.filter((i) => atomicNumbers[i] > 1),
    ...atoms.filter((i) => atomicNumbers[i] === 1),
  ]);
  const place = new Int32Array(size);
  const molecule = new Molecule(size, bonds.length);
  order.forEach((i, k) => {
    place[i] = k;
    molecule.addAtom(atomicNumbers[i]);
    molecule.setAtomCharge(k, formalCharges[i]);
    molecule.setAtomX(k, positions[3 * i]);
    molecule.setAtomY(k, positions[3 * i + 1]);
    molecule.setAtomZ(k, positions[3 * i + 2]);
  });
  const types = [0, Molecule.cBondTypeSingle, Molecule.cBondTypeDouble, Molecule.cBondTypeTriple];
  for (const [i, j, bondOrder] of bonds)
    molecule.setBondType(molecule.addBond(place[i], place[j]), types[bondOrder]);
  molecule.ensureHelperArrays(Molecule.cHelperRings);
  return { molecule, order };
}

/** 3N coordinates of an OpenChemLib molecule; its atom k goes to index `order[k]`. */
export function positionsOf(molecule: OclMolecule, order?: ArrayLike<number>): Float64Array {
  const positions = new Float64Array(3 * molecule.getAllAtoms());
  for (let k = 0; k < molecule.getAllAtoms(); k++) {
    const at = 3 * (order ? order[k] : k);
    positions[at] = molecule.getAtomX(k);
    positions[at + 1] = molecule.getAtomY(k);
    positions[at + 2] = molecule.getAtomZ(k);
  }
  return positions;
}

/** For each atom, how many hydrogens it lacks according to OpenChemLib's table of valences. */
export function missingHydrogens(molecule: Molecule): number[] {
  const size = molecule.atomicNumbers.length;
  const { molecule: copy, order } = toOpenChemLib(molecule, new Float64Array(3 * size));
  const missing = new Array<number>(size).fill(0);
  order.forEach((atom, k) => {
    missing[atom] = copy.getImplicitHydrogens(k);
  });
  return missing;
}

/**
 * The MMFF94 force field on an OpenChemLib molecule.
 * @throws UserError if the force field has no parameters for some atom
 */
export function mmff94(molecule: OclMolecule, where: string): ForceFieldMMFF94 {
  registerTables();
  const { ForceFieldMMFF94 } = loadOpenChemLib();
  try {
    return new ForceFieldMMFF94(molecule, ForceFieldMMFF94.MMFF94);
  } catch (error) {
    throw new UserError(`MMFF94 has no parameters for an atom or bond of ${where} (${error}).`);
  }
}
