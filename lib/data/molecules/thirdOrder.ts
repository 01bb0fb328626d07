import type { Molecule } from "./molecule";

/**
 * Edge types of GeoDiff's local graph (Xu et al., 2022). 0 is reserved for global edges, the pairs
 * within the cutoff radius that no short path of bonds joins.
 */
export const EDGE_TYPES = {
  single: 1,
  double: 2,
  triple: 3,
  aromatic: 4,
  /** Two bonds apart: the ends of an angle. */
  angle: 5,
  /** Three bonds apart: the ends of a torsion. */
  torsion: 6,
} as const;

/** Directed edges, each pair in both directions, ascending by `from`, then `to`. */
export interface Edges {
  /** E atoms. */
  readonly from: Int32Array;
  /** E atoms. */
  readonly to: Int32Array;
  /** E of {@link EDGE_TYPES}. */
  readonly types: Uint8Array;
}

/**
 * GeoDiff's bonds extended to the third order: all pairs of atoms whose shortest path has one, two or
 * three bonds. Bonds keep their kind (aromatic goes before the Kekulé order), the others have the
 * type of their distance. A pair that a ring joins by two paths counts by the shorter one.
 */
export function bondsToThirdOrder(molecule: Molecule): Edges {
  const size = molecule.atomicNumbers.length;
  const kinds = bondKinds(molecule);
  const lists = adjacency(molecule);
  const from: number[] = [];
  const to: number[] = [];
  const types: number[] = [];
  const distance = new Int8Array(size);
  for (let start = 0; start < size; start++) {
    distance.fill(-1);
    distance[start] = 0;
    let shell = [start];
    const reached: number[] = [];
    for (let d = 1; d <= 3; d++) {
      const next: number[] = [];
      for (const atom of shell)
        for (const other of lists[atom])
          if (distance[other] < 0) {
            distance[other] = d;
            next.push(other);
          }
      reached.push(...next);
      shell = next;
    }
    for (const end of reached.sort((a, b) => a - b)) {
      from.push(start);
      to.push(end);
      types.push(
        distance[end] === 1
          ? kinds.get(Math.min(start, end) * size + Math.max(start, end))!
          : distance[end] === 2
            ? EDGE_TYPES.angle
            : EDGE_TYPES.torsion,
      );
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), types: Uint8Array.from(types) };
}

/** The neighbours of each atom, in the order of the bonds. */
export function adjacency({ atomicNumbers, bonds }: Pick<Molecule, "atomicNumbers" | "bonds">) {
  const lists = Array.from(atomicNumbers, (): number[] => []);
  for (const [i, j] of bonds) {
    lists[i].push(j);
    lists[j].push(i);
  }
  return lists;
}

function bondKinds({ atomicNumbers, bonds, aromaticBonds }: Molecule): Map<number, number> {
  const size = atomicNumbers.length;
  const kinds = new Map(bonds.map(([i, j, order]) => [i * size + j, order]));
  for (const [i, j] of aromaticBonds) kinds.set(i * size + j, EDGE_TYPES.aromatic);
  return kinds;
}
