import { UserError } from "../../errors";
import { bestRmsd, symmetryOf } from "../../metrics/molecules/index";
import type { Stream } from "../../random/stream";
import { boltzmannWeights } from "./boltzmann";
import { candidatesOf } from "./candidates";
import { checkPositions } from "./check";
import { checkConformer } from "./checkConformer";
import { minimise } from "./energy";
import { fromSmiles } from "./fromSmiles";
import type { Ensemble } from "./molecule";
import { OFFLINE_SMILES } from "./offlineSmiles";

/** Conformers within this best RMSD over heavy atoms, in ångström, are duplicates. */
const DUPLICATE = 0.1;

export interface BuildOptions {
  /** Maximum number of conformers; rigid molecules have fewer. @defaultValue 5 */
  readonly maxConformers?: number;
  /** Maximum number of geometries to minimise. @defaultValue 3 × maxConformers */
  readonly maxTries?: number;
  /** Maximum number of minimiser steps. @defaultValue 500 */
  readonly maxSteps?: number;
}

/**
 * Builds conformers of molecule k of the offline list. OpenChemLib sets torsions to values frequent in
 * crystal structures; these candidates are shuffled and minimised with MMFF94, and those within 0.1 Å
 * of an earlier one are dropped. Each must be a conformer as one read from a file must.
 * @returns conformers by ascending energy, with Boltzmann weights at 298.15 K
 * @throws UserError if no conformer is found, or one fails {@link checkConformer}
 */
export function buildConformers(
  k: number,
  stream: Stream,
  { maxConformers = 5, maxTries = 3 * maxConformers, maxSteps = 500 }: BuildOptions = {},
): Ensemble {
  const smiles = OFFLINE_SMILES[k];
  const molecule = fromSmiles(smiles);
  const candidates = candidatesOf(k);
  const symmetry = symmetryOf(molecule);
  const found: { positions: Float64Array; energy: number }[] = [];
  for (const choice of stream.permutation(candidates.length).subarray(0, maxTries)) {
    if (found.length === maxConformers) break;
    const { positions, energy } = minimise(molecule, candidates[choice], maxSteps);
    checkPositions(positions, molecule.atomicNumbers.length, smiles);
    checkConformer(molecule, positions, smiles);
    if (found.some((other) => bestRmsd(other.positions, positions, symmetry) < DUPLICATE)) continue;
    found.push({ positions, energy });
  }
  if (found.length === 0) throw new UserError(`OpenChemLib found no conformer of ${smiles}.`);
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
