import { ConformerGenerator, Molecule as OclMolecule } from "openchemlib";
import { UserError } from "../../errors";
import { fromSmiles } from "./fromSmiles";
import { sameMolecule } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";
import { moleculeOf, positionsOf, registerTables } from "./openChemLib";

/** Geometries kept of each molecule, before minimising. */
const MOST_CANDIDATES = 24;

/** Of the first molecules of the list, as far as they were built. */
const built: Float64Array[][] = [];

/**
 * Geometries of molecule k of the offline list as OpenChemLib's torsion library gives them.
 *
 * OpenChemLib keeps the rigid parts of all molecules that it ever built in this process, in the form
 * and with the seed in which they came first. So its seed is always the same here and molecules are
 * built in the order of the list, or the same run would not give the same bits twice.
 */
export function candidatesOf(k: number): readonly Float64Array[] {
  for (let next = built.length; next <= k; next++) built.push(generate(OFFLINE_SMILES[next]));
  return built[k];
}

function generate(smiles: string): Float64Array[] {
  registerTables();
  const molecule = fromSmiles(smiles);
  // Not made of ours: that has no stereochemistry.
  const parsed = OclMolecule.fromSmiles(smiles);
  parsed.addImplicitHydrogens();
  const generator = new ConformerGenerator(1);
  const found: Float64Array[] = [];
  if (!generator.initializeConformers(parsed, { maxTorsionSets: 10 * MOST_CANDIDATES }))
    return found;
  while (found.length < MOST_CANDIDATES) {
    const next = generator.getNextConformerAsMolecule();
    if (next === null) break;
    if (!sameMolecule(moleculeOf(next, smiles), molecule))
      throw new UserError(`OpenChemLib built other atoms or bonds than the SMILES ${smiles} has.`);
    found.push(positionsOf(next));
  }
  return found;
}
