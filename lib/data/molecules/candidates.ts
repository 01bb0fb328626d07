import { UserError } from "../../errors";
import { fromSmiles } from "./fromSmiles";
import { loadOpenChemLib } from "./loadOpenChemLib";
import { sameMolecule } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";
import { fromOpenChemLib, positionsOf, registerTables } from "./openChemLib";

/** Maximum number of geometries per molecule, before minimisation. */
const MAX_CANDIDATES = 24;

/** Candidates of the first molecules of the list, as far as generated in this process. */
const cache: Float64Array[][] = [];

/**
 * Geometries of molecule k of the offline list from OpenChemLib's torsion library.
 *
 * OpenChemLib caches the rigid fragments of all molecules built in this process, with the seed under
 * which each occurred first. To get the same bits in every run, its seed is therefore always the same
 * and molecules are built in list order.
 */
export function candidatesOf(k: number): readonly Float64Array[] {
  for (let next = cache.length; next <= k; next++) cache.push(generate(OFFLINE_SMILES[next]));
  return cache[k];
}

function generate(smiles: string): Float64Array[] {
  registerTables();
  const { ConformerGenerator, Molecule } = loadOpenChemLib();
  const molecule = fromSmiles(smiles);
  // Not converted from our molecule, which has no stereochemistry.
  const parsed = Molecule.fromSmiles(smiles);
  parsed.addImplicitHydrogens();
  const generator = new ConformerGenerator(1);
  const found: Float64Array[] = [];
  if (!generator.initializeConformers(parsed, { maxTorsionSets: 10 * MAX_CANDIDATES }))
    return found;
  while (found.length < MAX_CANDIDATES) {
    const next = generator.getNextConformerAsMolecule();
    if (next === null) break;
    if (!sameMolecule(fromOpenChemLib(next, smiles), molecule))
      throw new UserError(
        `OpenChemLib built atoms or bonds that differ from the SMILES ${smiles}.`,
      );
    found.push(positionsOf(next));
  }
  return found;
}
