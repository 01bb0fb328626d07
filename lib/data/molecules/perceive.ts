import { COVALENT_RADII } from "../../metrics/molecules/elements";
import type { Bond } from "./molecule";

/**
 * Two atoms are bonded if they are closer than the sum of their covalent radii plus this, in ångström.
 * More would join carbons across a bicyclopentane (1.85 Å), less would cut long bonds of sulfur and
 * iodine.
 */
const TOLERANCE = 0.3;

/** The pairs of atoms close enough to be bonded, all with order 1: distances do not show bond orders. */
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
