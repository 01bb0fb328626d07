import type { Bond, Molecule } from "../../data/molecules/index";
import { UserError } from "../../errors";
import type { View } from "../../pool/view";
import { addPrefix, stripPrefix, type Weights } from "../../store/weights";
import { conformersIn } from "./conformers";

/**
 * The molecules that a model was trained on. GeoDiff samples conformers of a given molecule, so a model
 * is stored with those that it is to sample: the distinct ones of its training set.
 */
export interface Conditioning {
  /** Ascending by number. */
  readonly molecules: readonly ConditioningMolecule[];
}

export interface ConditioningMolecule {
  /** Index in the real data. */
  readonly number: number;
  readonly molecule: Molecule;
  /** Number of its conformers in the training set. */
  readonly conformers: number;
}

/** Items per read. */
const READ = 1024;

/** The distinct molecules of a training set. */
export function conditioningOf(view: View): Conditioning {
  const found = new Map<number, { conformers: number; first: number }>();
  for (let from = 0; from < view.length; from += READ) {
    const { columns } = view.range(from, Math.min(from + READ, view.length));
    (columns.molecule.data as Int32Array).forEach((number, i) => {
      const entry = found.get(number);
      if (entry) entry.conformers++;
      else found.set(number, { conformers: 1, first: from + i });
    });
  }
  const sorted = [...found].sort(([a], [b]) => a - b);
  const items = conformersIn(view.gather(sorted.map(([, { first }]) => first)));
  return {
    molecules: sorted.map(([number, { conformers }], k) => ({
      number,
      conformers,
      molecule: items[k].molecule,
    })),
  };
}

/** Prefix of the names of these tensors, which are stored beside the model's parameters. */
const PREFIX = "molecules.";

/**
 * M molecules with N atoms, B bonds and A aromatic bonds in total, as tensors to be stored beside a
 * model's parameters: `molecules.number`, `molecules.conformers`, `molecules.atoms` (counts) and so on,
 * all [M]; `molecules.atomic_numbers` and `molecules.formal_charges` [N]; `molecules.bond_list` [B, 3];
 * `molecules.aromatic_list` [A, 2].
 */
export function saveConditioning({ molecules }: Conditioning): Weights {
  const each = (of: (entry: ConditioningMolecule) => number) => ({
    shape: [molecules.length],
    data: Int32Array.from(molecules, of),
  });
  const list = (of: (molecule: Molecule) => Iterable<number>, width: number) => {
    const data = Int32Array.from(molecules.flatMap(({ molecule }) => [...of(molecule)]));
    return { shape: width === 1 ? [data.length] : [data.length / width, width], data };
  };
  return addPrefix(PREFIX, {
    number: each(({ number }) => number),
    conformers: each(({ conformers }) => conformers),
    atoms: each(({ molecule }) => molecule.atomicNumbers.length),
    bonds: each(({ molecule }) => molecule.bonds.length),
    aromatic_bonds: each(({ molecule }) => molecule.aromaticBonds.length),
    atomic_numbers: list(({ atomicNumbers }) => atomicNumbers, 1),
    formal_charges: list(({ formalCharges }) => formalCharges, 1),
    bond_list: list(({ bonds }) => bonds.flat(), 3),
    aromatic_list: list(({ aromaticBonds }) => aromaticBonds.flat(), 2),
  });
}

/**
 * Reads what {@link saveConditioning} wrote.
 * @throws UserError if one of its tensors is missing
 */
export function loadConditioning(weights: Weights): Conditioning {
  const tensors = stripPrefix(PREFIX, weights);
  const missing = NAMES.find((name) => tensors[name] === undefined);
  if (missing !== undefined)
    throw new UserError(
      `The weights have no tensor ${PREFIX}${missing}, so the molecules whose conformers the model is to sample are not known. Fit it again.`,
    );
  const numbers = (name: (typeof NAMES)[number]) => Array.from(tensors[name].data);
  const [atomicNumbers, charges] = [numbers("atomic_numbers"), numbers("formal_charges")];
  const [bonds, aromatic] = [numbers("bond_list"), numbers("aromatic_list")];
  const counts = { atoms: numbers("atoms"), bonds: numbers("bonds") };
  const aromaticCounts = numbers("aromatic_bonds");
  const conformers = numbers("conformers");
  const at = { atoms: 0, bonds: 0, aromatic: 0 };
  const molecules = numbers("number").map((number, m) => {
    const [atoms, bondCount] = [counts.atoms[m], counts.bonds[m]];
    const molecule: Molecule = {
      ...{ smiles: "", id: `molecule ${number}` },
      atomicNumbers: Uint8Array.from(atomicNumbers.slice(at.atoms, at.atoms + atoms)),
      formalCharges: Int8Array.from(charges.slice(at.atoms, at.atoms + atoms)),
      bonds: Array.from({ length: bondCount }, (_, k): Bond => {
        const from = 3 * (at.bonds + k);
        return [bonds[from], bonds[from + 1], bonds[from + 2]];
      }),
      aromaticBonds: Array.from({ length: aromaticCounts[m] }, (_, k): [number, number] => {
        const from = 2 * (at.aromatic + k);
        return [aromatic[from], aromatic[from + 1]];
      }),
    };
    at.atoms += atoms;
    at.bonds += bondCount;
    at.aromatic += aromaticCounts[m];
    return { number, conformers: conformers[m], molecule };
  });
  return { molecules };
}

const NAMES = [
  ...["number", "conformers", "atoms", "bonds", "aromatic_bonds"],
  ...["atomic_numbers", "formal_charges", "bond_list", "aromatic_list"],
] as const;
