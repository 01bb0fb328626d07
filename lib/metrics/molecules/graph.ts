import { UserError } from "../../errors";

/** Two atoms, counted from 0, and the order of their bond: 1, 2 or 3 (Kekulé), or 1.5 (aromatic). */
export type Bond = readonly [number, number, number];

/** What the metrics need to know about a molecule besides its coordinates. */
export interface MolecularGraph {
  /** N atomic numbers, hydrogens included. */
  readonly atomicNumbers: ArrayLike<number>;
  readonly bonds: readonly Bond[];
  /**
   * The aromatic ones among `bonds`; their Kekulé order is then ignored. Without them, and without
   * orders of 1.5, a benzene ring has only the symmetry of one Kekulé structure.
   */
  readonly aromaticBonds?: readonly (readonly [number, number])[];
  /** N formal charges. @defaultValue none is charged */
  readonly formalCharges?: ArrayLike<number>;
}

export const AROMATIC = 1.5;

/** Indices of all atoms but hydrogen, ascending. */
export function heavyAtoms({ atomicNumbers }: MolecularGraph): Int32Array {
  const heavy: number[] = [];
  for (let i = 0; i < atomicNumbers.length; i++) if (atomicNumbers[i] > 1) heavy.push(i);
  return Int32Array.from(heavy);
}

/** An atom's neighbour and the order of the bond to it, 1.5 if aromatic. */
export interface Neighbour {
  readonly atom: number;
  readonly order: number;
}

/**
 * The neighbours of each atom.
 * @throws UserError for a bond to an atom that does not exist, or to itself
 */
export function neighbours(graph: MolecularGraph): Neighbour[][] {
  const size = graph.atomicNumbers.length;
  const lists = Array.from({ length: size }, (): Neighbour[] => []);
  for (const [i, j, order] of bondsOf(graph)) {
    lists[i].push({ atom: j, order });
    lists[j].push({ atom: i, order });
  }
  return lists;
}

/** The bonds, aromatic ones with the order 1.5. @throws as {@link neighbours} */
export function bondsOf({ atomicNumbers, bonds, aromaticBonds = [] }: MolecularGraph): Bond[] {
  const size = atomicNumbers.length;
  const key = (i: number, j: number) => Math.min(i, j) * size + Math.max(i, j);
  const aromatic = new Set(aromaticBonds.map(([i, j]) => key(i, j)));
  return bonds.map(([i, j, order]) => {
    const exists = (atom: number) => Number.isInteger(atom) && atom >= 0 && atom < size;
    if (!exists(i) || !exists(j) || i === j)
      throw new UserError(
        `A bond joins atoms ${i} and ${j}; it must join two different ones of the ${size} atoms, counted from 0.`,
      );
    return [i, j, aromatic.has(key(i, j)) ? AROMATIC : order];
  });
}
