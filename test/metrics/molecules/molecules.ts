import type { MolecularGraph } from "../../../lib/metrics/molecules/index";

/** A carbon skeleton from its bonds; atoms are numbered as they occur. */
export function carbons(bonds: MolecularGraph["bonds"], aromatic = false): MolecularGraph {
  const size = 1 + Math.max(...bonds.map(([i, j]) => Math.max(i, j)));
  return {
    atomicNumbers: new Array(size).fill(6),
    bonds: aromatic ? bonds.map(([i, j]) => [i, j, 1.5]) : bonds,
  };
}

/** Bonds of a ring of n atoms from `first` on. */
export function ring(n: number, first = 0, order = 1): [number, number, number][] {
  return Array.from({ length: n }, (_, k) => [first + k, first + ((k + 1) % n), order]);
}

/** Adds `count` atoms of an element, each bonded to one atom. */
export function substituted(
  { atomicNumbers, bonds }: MolecularGraph,
  atom: number,
  count: number,
  element = 6,
): MolecularGraph {
  const size = atomicNumbers.length;
  const added = Array.from({ length: count }, (_, k): [number, number, number] => [
    atom,
    size + k,
    1,
  ]);
  return {
    atomicNumbers: [...Array.from(atomicNumbers), ...added.map(() => element)],
    bonds: [...bonds, ...added],
  };
}
