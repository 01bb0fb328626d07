import { COVALENT_RADII } from "./elements";
import type { Bond } from "./molecule";

/**
 * Ångström beyond the sum of the covalent radii at which two atoms still count as bonded. More would
 * join carbons across a bicyclopentane (1.85 Å), less would cut long bonds of sulfur and iodine.
 */
const TOLERANCE = 0.3;

/** The pairs of atoms near enough to be bonded, each with order 1: orders cannot be seen so. */
export function perceiveBonds(
  atomicNumbers: ArrayLike<number>,
  positions: ArrayLike<number>,
): Bond[] {
  const bonds: Bond[] = [];
  for (let i = 0; i < atomicNumbers.length; i++)
    for (let j = i + 1; j < atomicNumbers.length; j++) {
      const reach = COVALENT_RADII[atomicNumbers[i]] + COVALENT_RADII[atomicNumbers[j]] + TOLERANCE;
      const x = positions[3 * i] - positions[3 * j];
      const y = positions[3 * i + 1] - positions[3 * j + 1];
      const z = positions[3 * i + 2] - positions[3 * j + 2];
      if (x * x + y * y + z * z < reach * reach) bonds.push([i, j, 1]);
    }
  return bonds;
}
