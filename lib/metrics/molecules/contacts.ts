import { element } from "./elements";
import { bondsOf, type MolecularGraph, neighbours } from "./graph";

/** Pairs of atoms and the range of distances, in ångström, allowed between the two. */
export interface DistanceLimits {
  /** 2 atoms per pair. */
  readonly atoms: Int32Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Atoms at most this many bonds apart are not counted as clashing. */
const MAX_BONDS_APART = 3;

/**
 * Limits below which two atoms clash: pairs more than three bonds apart (or in different fragments)
 * must be at least 0.7 times the sum of their van der Waals radii apart. Pairs of hydrogen with N, O
 * or F are left out, because hydrogen bonds are shorter than that.
 * @throws UserError for an element that is not in the table
 */
export function contactLimits(graph: MolecularGraph, factor = 0.7): DistanceLimits {
  const size = graph.atomicNumbers.length;
  const radii = Array.from(graph.atomicNumbers, (number) => element(number).vanDerWaalsRadius);
  const near = nearPairs(graph);
  const atoms: number[] = [];
  const min: number[] = [];
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      if (near[i].has(j) || mayHydrogenBond(graph, i, j)) continue;
      atoms.push(i, j);
      min.push(factor * (radii[i] + radii[j]));
    }
  return {
    atoms: Int32Array.from(atoms),
    min: Float64Array.from(min),
    max: new Float64Array(min.length).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * Limits outside which a bond is broken: 0.75 to 1.25 times the sum of the covalent radii.
 * @throws UserError for an element that is not in the table
 */
export function bondLimits(graph: MolecularGraph, shortest = 0.75, longest = 1.25): DistanceLimits {
  const bonds = bondsOf(graph);
  const radius = (atom: number) => element(graph.atomicNumbers[atom]).covalentRadius;
  const sums = bonds.map(([i, j]) => radius(i) + radius(j));
  return {
    atoms: Int32Array.from(bonds.flatMap((bond) => bond.slice(0, 2))),
    min: Float64Array.from(sums, (sum) => shortest * sum),
    max: Float64Array.from(sums, (sum) => longest * sum),
  };
}

/**
 * Number of pairs of a conformer whose distance is outside its limits: clashes, or broken bonds. NaN
 * counts as outside.
 */
export function violations(
  positions: ArrayLike<number>,
  { atoms, min, max }: DistanceLimits,
): number {
  let count = 0;
  for (let k = 0; k < min.length; k++) {
    const i = 3 * atoms[2 * k];
    const j = 3 * atoms[2 * k + 1];
    const x = positions[i] - positions[j];
    const y = positions[i + 1] - positions[j + 1];
    const z = positions[i + 2] - positions[j + 2];
    const square = x * x + y * y + z * z;
    if (!(square >= min[k] * min[k] && square <= max[k] * max[k])) count++;
  }
  return count;
}

export interface ViolationShare {
  /** Share of all pairs (or bonds) over all conformers outside their limits; 0 if there are none. */
  readonly pairs: number;
  /** Share of conformers with at least one such pair (or bond). */
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
      all.pairs += limits.min.length;
      all.conformers++;
      outside.pairs += count;
      if (count > 0) outside.conformers++;
    }
  return {
    pairs: all.pairs === 0 ? 0 : outside.pairs / all.pairs,
    conformers: all.conformers === 0 ? 0 : outside.conformers / all.conformers,
  };
}

/** For each atom, the atom itself and those at most {@link MAX_BONDS_APART} bonds away. */
function nearPairs(graph: MolecularGraph): Set<number>[] {
  const lists = neighbours(graph);
  return lists.map((_, start) => {
    const seen = new Set([start]);
    let shell = [start];
    for (let step = 0; step < MAX_BONDS_APART; step++) {
      shell = shell.flatMap((i) => lists[i].map(({ atom }) => atom)).filter((j) => !seen.has(j));
      for (const j of shell) seen.add(j);
    }
    return seen;
  });
}

function mayHydrogenBond({ atomicNumbers }: MolecularGraph, i: number, j: number): boolean {
  const lighter = Math.min(atomicNumbers[i], atomicNumbers[j]);
  const heavier = Math.max(atomicNumbers[i], atomicNumbers[j]);
  return lighter === 1 && heavier >= 7 && heavier <= 9;
}
