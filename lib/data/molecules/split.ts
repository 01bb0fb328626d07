import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";

/**
 * Splits molecules at random, so that all conformers of a molecule are in the same part. Molecules with
 * the same SMILES count as one.
 * @param fractions of the molecules in each part, with a sum of at most 1; parts are rounded to whole
 *   molecules so that their sizes together are off by less than one
 * @returns one list per fraction, each in the given order
 * @throws UserError if a fraction is not positive, they sum to more than 1, or a part would be empty
 */
export function splitByMolecule<T extends { readonly molecule: { readonly smiles: string } }>(
  molecules: readonly T[],
  fractions: readonly number[],
  stream: Stream,
): T[][] {
  const total = fractions.reduce((a, b) => a + b, 0);
  if (fractions.length === 0 || !fractions.every((part) => part > 0) || !(total <= 1 + 1e-9))
    throw new UserError(
      `The fractions of a split must be positive, with a sum of at most 1, not ${fractions.join(", ")}.`,
    );
  const groups = new Map<string, number[]>();
  molecules.forEach(({ molecule }, k) => {
    const key = molecule.smiles === "" ? `#${k}` : molecule.smiles;
    groups.set(key, [...(groups.get(key) ?? []), k]);
  });
  const members = [...groups.values()];
  const order = stream.permutation(members.length);
  let sum = 0;
  let from = 0;
  return fractions.map((fraction) => {
    sum += fraction;
    const to = Math.round(Math.min(1, sum) * members.length);
    const part = Array.from(order.subarray(from, to)).flatMap((k) => members[k]);
    from = to;
    if (part.length === 0)
      throw new UserError(
        `A fraction of ${fraction} of ${members.length} molecules is less than one molecule. Use a larger fraction or more molecules.`,
      );
    return part.sort((a, b) => a - b).map((k) => molecules[k]);
  });
}
