import { UserError } from "../../errors";
import { bestRmsd, symmetryOf } from "../../metrics/molecules/index";
import type { Stream } from "../../random/stream";
import { boltzmannWeights } from "./boltzmann";
import { candidatesOf } from "./candidates";
import { checkPositions } from "./check";
import { minimise } from "./energy";
import { fromSmiles } from "./fromSmiles";
import type { Ensemble } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";

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
 * Conformers of molecule k of the offline list: OpenChemLib sets torsions by how often crystal
 * structures have them, the stream shuffles what it finds, MMFF94 minimises, and those within 0.1 Å of
 * one before are dropped.
 * @returns conformers by ascending energy, with Boltzmann weights among them at 298.15 K
 * @throws UserError if no conformer is found
 */
export function buildConformers(
  k: number,
  stream: Stream,
  { most = 5, tries = 3 * most, maxSteps = 500 }: BuildOptions = {},
): Ensemble {
  const smiles = OFFLINE_SMILES[k];
  const molecule = fromSmiles(smiles);
  const candidates = candidatesOf(k);
  const symmetry = symmetryOf(molecule);
  const found: { positions: Float64Array; energy: number }[] = [];
  for (const choice of stream.permutation(candidates.length).subarray(0, tries)) {
    if (found.length === most) break;
    const { positions, energy } = minimise(molecule, candidates[choice], maxSteps);
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
