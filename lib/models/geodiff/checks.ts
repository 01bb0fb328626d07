import { UserError } from "../../errors";
import type { GraphBatch } from "./graph";

/** @throws UserError unless there are 3N finite numbers for the atoms of a batch */
export function checkCoordinates(
  { atoms, graphs }: GraphBatch,
  values: ArrayLike<number>,
  what: "positions" | "noise",
): void {
  if (values.length !== 3 * atoms)
    throw new UserError(
      `A batch of ${atoms} atoms was given ${values.length} numbers as ${what}; it needs ${3 * atoms}, x y z by atom.`,
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new UserError(
        `In a batch of ${graphs.length} molecules atom ${Math.floor(i / 3)} has the ${"xyz"[i % 3]} coordinate ${values[i]} in its ${what}; leave that conformer out.`,
      );
}

/** @throws UserError unless every molecule of a batch has a noise level above 0 */
export function checkLevels({ graphs }: GraphBatch, sigma: ArrayLike<number>): void {
  if (sigma.length !== graphs.length)
    throw new UserError(
      `A batch of ${graphs.length} molecules was given ${sigma.length} noise levels; it needs one for each.`,
    );
  for (let m = 0; m < sigma.length; m++)
    if (!(sigma[m] > 0 && Number.isFinite(sigma[m])))
      throw new UserError(
        `Molecule ${m + 1} of a batch has the noise level ${sigma[m]}; it must be a positive number of ångström.`,
      );
}
