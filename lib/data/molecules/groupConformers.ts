import { type Conformer, type Ensemble, type Molecule, sameMolecule } from "./molecule";

/** One geometry with its molecule: a record of an SD file. */
export interface Structure {
  readonly molecule: Molecule;
  readonly conformer: Conformer;
}

/**
 * Groups consecutive structures that agree in id, atoms, charges and bonds as conformers of one
 * molecule. Holds one molecule in memory.
 */
export async function* groupConformers(
  structures: AsyncIterable<Structure>,
): AsyncGenerator<Ensemble, void, undefined> {
  let open: { molecule: Molecule; conformers: Conformer[] } | undefined;
  for await (const { molecule, conformer } of structures)
    if (open && open.molecule.id === molecule.id && sameMolecule(open.molecule, molecule))
      open.conformers.push(conformer);
    else {
      if (open) yield open;
      open = { molecule, conformers: [conformer] };
    }
  if (open) yield open;
}
