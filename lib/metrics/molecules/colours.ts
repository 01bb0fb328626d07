import { bondsOf, type MolecularGraph } from "./graph";

/** The heavy atoms of a molecule as a coloured graph. */
export interface ColouredGraph {
  readonly size: number;
  /** Class of each vertex: vertices of different classes are not symmetric, of the same class perhaps. */
  readonly colours: Int32Array;
  /** size × size: class of the bond, 0 if there is none. */
  readonly bonds: Uint8Array;
}

/** Class of bonds that resonance makes equal, single in one structure and double in another. */
const RESONANT = 255;

/**
 * The heavy atoms with colours from element, formal charge and bonds, refined until atoms of the same
 * colour have equally many neighbours of each colour (1-dimensional Weisfeiler–Leman).
 * @param atoms indices of the heavy atoms
 * @param resonance whether single and double bonds from one centre to terminal N or O are equal
 */
export function colouredGraph(
  graph: MolecularGraph,
  atoms: Int32Array,
  resonance: boolean,
): ColouredGraph {
  const size = atoms.length;
  const vertex = new Map(Array.from(atoms, (atom, k) => [atom, k]));
  const bonds = new Uint8Array(size * size);
  const lists = Array.from({ length: size }, (): number[] => []);
  for (const [i, j, order] of bondsOf(graph)) {
    const [u, v] = [vertex.get(i), vertex.get(j)];
    if (u === undefined || v === undefined) continue;
    bonds[u * size + v] = bonds[v * size + u] = 2 * order;
    lists[u].push(v);
    lists[v].push(u);
  }
  const charges = Array.from(atoms, (atom) => graph.formalCharges?.[atom] ?? 0);
  if (resonance)
    for (const [u, v] of resonantBonds(graph, atoms, lists, bonds)) {
      bonds[u * size + v] = bonds[v * size + u] = RESONANT;
      charges[u] = 0;
    }
  const start = Array.from(atoms, (atom, k) => `${graph.atomicNumbers[atom]} ${charges[k]}`);
  return { size, colours: refine(start, lists, bonds), bonds };
}

/** Terminal N or O and their centre, where one centre has both a single and a double bond to such. */
function resonantBonds(
  { atomicNumbers }: MolecularGraph,
  atoms: Int32Array,
  lists: readonly number[][],
  bonds: Uint8Array,
): [number, number][] {
  const size = atoms.length;
  const terminal = (u: number) =>
    lists[u].length === 1 && (atomicNumbers[atoms[u]] === 7 || atomicNumbers[atoms[u]] === 8);
  const found: [number, number][] = [];
  for (let centre = 0; centre < size; centre++) {
    const ends = lists[centre].filter(terminal);
    const single = ends.filter((u) => bonds[u * size + centre] === 2);
    const double = ends.filter((u) => bonds[u * size + centre] === 4);
    if (single.length > 0 && double.length > 0)
      for (const u of [...single, ...double]) found.push([u, centre]);
  }
  return found;
}

function refine(
  start: readonly string[],
  lists: readonly number[][],
  bonds: Uint8Array,
): Int32Array {
  const size = start.length;
  const names = new Map<string, number>();
  let colours = Int32Array.from(start, (name) => numberOf(names, name));
  let count = names.size;
  while (count < size) {
    // A colour and the sorted pairs of bond and colour around it, folded pair by pair into a number
    // that is unique to this sequence.
    const folded = new Map<number, number>();
    const classes = new Map<number, number>();
    const next = new Int32Array(size);
    for (let u = 0; u < size; u++) {
      const around = lists[u].map((v) => bonds[u * size + v] * size + colours[v]);
      let signature = colours[u];
      for (const code of around.sort((a, b) => a - b))
        signature = size + numberOf(folded, signature * 256 * size + code);
      next[u] = numberOf(classes, signature);
    }
    if (classes.size === count) break;
    colours = next;
    count = classes.size;
  }
  return colours;
}

/** The number of a key: 0, 1, … in order of first occurrence. */
function numberOf<K>(numbers: Map<K, number>, key: K): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}
