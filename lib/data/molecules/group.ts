import { type Conformer, type Ensemble, type Molecule, sameMolecule } from "./molecule";

/** One geometry with its molecule, as files of single structures have them. */
export interface Structure {
  readonly molecule: Molecule;
  readonly conformer: Conformer;
}

/**
 * Structures that follow each other and agree in id, atoms, charges and bonds, put together as the
 * conformers of one molecule. Held in memory is one molecule.
 */
export async function* grouped(
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
