import { UserError } from "../../errors";
import { checkPositions } from "./check";
import type { Molecule } from "./molecule";
import { mmff94, positionsOf, toOpenChemLib } from "./openChemLib";

/**
 * MMFF94 energy of a conformer in kcal/mol, computed by OpenChemLib (gas phase, no cutoff).
 * @param positions 3N coordinates, ångström
 * @throws UserError if the force field has no parameters for the molecule, or a coordinate is not finite or atoms coincide
 */
export function mmff94Energy(molecule: Molecule, positions: ArrayLike<number>): number {
  const where = molecule.id ?? molecule.smiles;
  checkPositions(positions, molecule.atomicNumbers.length, where);
  return mmff94(toOpenChemLib(molecule, positions).molecule, where).getTotalEnergy();
}

/** A geometry at or near a minimum. */
export interface Minimised {
  /** 3N coordinates, ångström. */
  readonly positions: Float64Array;
  /** kcal/mol, after and before. */
  readonly energy: number;
  readonly startEnergy: number;
  /** Whether the minimiser converged; otherwise it ran out of steps. */
  readonly converged: boolean;
}

/**
 * Minimises the MMFF94 energy of a conformer.
 * @throws UserError as {@link mmff94Energy}, or if the result is not finite
 */
export function minimise(
  molecule: Molecule,
  positions: ArrayLike<number>,
  maxSteps = 500,
): Minimised {
  const where = molecule.id ?? molecule.smiles;
  checkPositions(positions, molecule.atomicNumbers.length, where);
  const { molecule: working, order } = toOpenChemLib(molecule, positions);
  const field = mmff94(working, where);
  const startEnergy = field.getTotalEnergy();
  const converged = field.minimise({ maxIts: maxSteps }) === 0;
  const energy = field.getTotalEnergy();
  if (!Number.isFinite(energy))
    throw new UserError(`Minimising ${where} from ${startEnergy} kcal/mol diverged.`);
  return { positions: positionsOf(working, order), energy, startEnergy, converged };
}
