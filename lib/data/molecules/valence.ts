import { SYMBOLS } from "../../metrics/molecules/elements";
import type { Molecule } from "./molecule";

/** Neon: up to here an atom has at most an octet. */
const LAST_OF_OCTET = 10;

/**
 * What is impossible about the bonds of a molecule, as the end of a sentence: an atom from hydrogen to
 * neon with more bonds than its electrons and the octet rule allow.
 */
export function valenceFault(molecule: Molecule): string | undefined {
  const { atomicNumbers, formalCharges, bonds } = molecule;
  const used = new Uint8Array(atomicNumbers.length);
  for (const [i, j, order] of bonds) {
    used[i] += order;
    used[j] += order;
  }
  for (let i = 0; i < used.length; i++)
    if (
      atomicNumbers[i] <= LAST_OF_OCTET &&
      used[i] > mostBonds(atomicNumbers[i], formalCharges[i])
    )
      return `gives atom ${i} (${SYMBOLS[atomicNumbers[i]]}) ${used[i]} bonds`;
  return undefined;
}

/** That a molecule has an odd number of electrons, as the end of a sentence. */
export function electronFault({ atomicNumbers, formalCharges }: Molecule): string | undefined {
  const electrons =
    atomicNumbers.reduce((a, b) => a + b, 0) - formalCharges.reduce((a, b) => a + b, 0);
  return electrons % 2 === 0
    ? undefined
    : `has an odd number of electrons (${electrons}); radicals are not supported`;
}

function mostBonds(number: number, charge: number): number {
  if (number <= 2) return number === 1 ? 1 : 0;
  const outer = number - 2 - charge;
  return outer <= 4 ? outer : 8 - outer;
}
