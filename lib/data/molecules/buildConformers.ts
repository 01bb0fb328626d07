import { ConformerGenerator, Molecule as OclMolecule } from "openchemlib";
import { UserError } from "../../errors";
import { bestRmsd, symmetryOf } from "../../metrics/molecules/index";
import type { Stream } from "../../random/stream";
import { boltzmannWeights } from "./boltzmann";
import { checkPositions } from "./check";
import { fromSmiles } from "./fromSmiles";
import { type Ensemble, sameMolecule } from "./molecule";
import { mmff94, moleculeOf, positionsOf, registerTables } from "./openChemLib";

/** Conformers nearer than this, in ångström of best RMSD over heavy atoms, count as one. */
const DUPLICATE = 0.1;

export interface BuildOptions {
  /** Conformers wanted at most; stiff molecules have fewer. @defaultValue 5 */
  readonly most?: number;
  /** Geometries minimised to find them. @defaultValue 3 × most */
  readonly tries?: number;
  /** Steps of the minimiser. @defaultValue 500 */
  readonly maxSteps?: number;
}

/**
 * Conformers of a SMILES: OpenChemLib sets torsions by how often crystal structures have them, MMFF94
 * minimises, and those within 0.1 Å of one before are dropped. The seed of the stream decides.
 * @returns conformers by ascending energy, with Boltzmann weights among them at 298.15 K
 * @throws UserError if the SMILES cannot be read, no conformer is found, or MMFF94 does not know it
 */
export function buildConformers(
  smiles: string,
  stream: Stream,
  { most = 5, tries = 3 * most, maxSteps = 500 }: BuildOptions = {},
): Ensemble {
  const molecule = fromSmiles(smiles);
  registerTables();
  // Not our molecule: that has no stereochemistry.
  const parsed = OclMolecule.fromSmiles(smiles);
  parsed.addImplicitHydrogens();
  const generator = new ConformerGenerator(stream.bits());
  const ready = generator.initializeConformers(parsed, { maxTorsionSets: 20 * tries });
  const symmetry = symmetryOf(molecule);
  const found: { positions: Float64Array; energy: number }[] = [];
  for (let k = 0; ready && k < tries && found.length < most; k++) {
    const next = generator.getNextConformerAsMolecule();
    if (next === null) break;
    if (!sameMolecule(moleculeOf(next, smiles), molecule))
      throw new UserError(`OpenChemLib built other atoms or bonds than the SMILES ${smiles} has.`);
    const field = mmff94(next, smiles);
    field.minimise({ maxIts: maxSteps });
    const energy = field.getTotalEnergy();
    const positions = positionsOf(next);
    if (!Number.isFinite(energy)) continue;
    checkPositions(positions, molecule.atomicNumbers.length, smiles);
    if (found.some((other) => bestRmsd(other.positions, positions, symmetry) < DUPLICATE)) continue;
    found.push({ positions, energy });
  }
  if (found.length === 0) throw new UserError(`OpenChemLib finds no conformer of ${smiles}.`);
  found.sort((a, b) => a.energy - b.energy);
  const relative = found.map(({ energy }) => energy - found[0].energy);
  const weights = boltzmannWeights(relative);
  return {
    molecule,
    conformers: found.map(({ positions }, k) => ({
      positions,
      name: `mmff94-${k}`,
      relativeEnergy: relative[k],
      boltzmannWeight: weights[k],
    })),
  };
}
