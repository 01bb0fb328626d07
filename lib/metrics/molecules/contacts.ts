import { element } from "./elements";
import { bondsOf, type MolecularGraph, neighbours } from "./graph";

/** Pairs of atoms and the distances, in ångström, that are allowed between them. */
export interface DistanceLimits {
  /** 2 atoms a pair. */
  readonly atoms: Int32Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Bonds between two atoms over which they are too near each other to clash. */
const NEAR = 3;

/**
 * Clashes: pairs more than three bonds apart (or in different fragments) may come as near as 0.7
 * times the sum of their van der Waals radii. Pairs of hydrogen with N, O or F are left out, since
 * hydrogen bonds are nearer than that.
 * @throws UserError for an element outside the table
 */
export function contactLimits(graph: MolecularGraph, factor = 0.7): DistanceLimits {
  const size = graph.atomicNumbers.length;
  const radii = Array.from(graph.atomicNumbers, (number) => element(number).vanDerWaals);
  const near = nearPairs(graph);
  const atoms: number[] = [];
  const least: number[] = [];
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      if (near[i].has(j) || mayHydrogenBond(graph, i, j)) continue;
      atoms.push(i, j);
      least.push(factor * (radii[i] + radii[j]));
    }
  return {
    atoms: Int32Array.from(atoms),
    least: Float64Array.from(least),
    most: new Float64Array(least.length).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * Broken bonds: a bond is whole from 0.75 to 1.25 times the sum of its covalent radii.
 * @throws UserError for an element outside the table
 */
export function bondLimits(graph: MolecularGraph, shortest = 0.75, longest = 1.25): DistanceLimits {
  const bonds = bondsOf(graph);
  const radius = (atom: number) => element(graph.atomicNumbers[atom]).covalent;
  const sums = bonds.map(([i, j]) => radius(i) + radius(j));
  return {
    atoms: Int32Array.from(bonds.flatMap((bond) => bond.slice(0, 2))),
    least: Float64Array.from(sums, (sum) => shortest * sum),
    most: Float64Array.from(sums, (sum) => longest * sum),
  };
}

/**
 * Pairs of a conformer whose distance is outside its limits: clashes, or broken bonds. A distance
 * that is not a number is outside.
 */
export function violations(
  positions: ArrayLike<number>,
  { atoms, least, most }: DistanceLimits,
): number {
  let count = 0;
  for (let k = 0; k < least.length; k++) {
    const i = 3 * atoms[2 * k];
    const j = 3 * atoms[2 * k + 1];
    const x = positions[i] - positions[j];
    const y = positions[i + 1] - positions[j + 1];
    const z = positions[i + 2] - positions[j + 2];
    const square = x * x + y * y + z * z;
    if (!(square >= least[k] * least[k] && square <= most[k] * most[k])) count++;
  }
  return count;
}

export interface ViolationShare {
  /** Share of all pairs (or bonds) of all conformers that are outside; 0 if there is none. */
  readonly pairs: number;
  /** Share of conformers with at least one such pair. */
  readonly conformers: number;
}

/** How often limits are violated over the conformers of some molecules. */
export function violationShare(
  molecules: Iterable<{
    readonly limits: DistanceLimits;
    readonly conformers: Iterable<ArrayLike<number>>;
  }>,
): ViolationShare {
  const [all, outside] = [
    { pairs: 0, conformers: 0 },
    { pairs: 0, conformers: 0 },
  ];
  for (const { limits, conformers } of molecules)
    for (const positions of conformers) {
      const count = violations(positions, limits);
      all.pairs += limits.least.length;
      all.conformers++;
      outside.pairs += count;
      if (count > 0) outside.conformers++;
    }
  return {
    pairs: all.pairs === 0 ? 0 : outside.pairs / all.pairs,
    conformers: all.conformers === 0 ? 0 : outside.conformers / all.conformers,
  };
}

/** Of each atom, itself and those at most three bonds away. */
function nearPairs(graph: MolecularGraph): Set<number>[] {
  const lists = neighbours(graph);
  return lists.map((_, start) => {
    const seen = new Set([start]);
    let shell = [start];
    for (let step = 0; step < NEAR; step++) {
      shell = shell.flatMap((i) => lists[i].map(({ atom }) => atom)).filter((j) => !seen.has(j));
      for (const j of shell) seen.add(j);
    }
    return seen;
  });
}

function mayHydrogenBond({ atomicNumbers }: MolecularGraph, i: number, j: number): boolean {
  const least = Math.min(atomicNumbers[i], atomicNumbers[j]);
  const most = Math.max(atomicNumbers[i], atomicNumbers[j]);
  return least === 1 && most >= 7 && most <= 9;
}
