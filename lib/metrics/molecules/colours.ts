import { bondsOf, type MolecularGraph } from "./graph";

/** The heavy atoms of a molecule as a coloured graph. */
export interface ColouredGraph {
  readonly size: number;
  /** Class of each vertex: different ones are not symmetric, equal ones may be. */
  readonly colours: Int32Array;
  /** size × size: class of the bond, 0 where there is none. */
  readonly bonds: Uint8Array;
}

/** Stands for the single and double bonds between which resonance chooses. */
const RESONANT = 255;

/**
 * The heavy atoms with colours from element, formal charge and bonds, refined until atoms of a colour
 * agree in how many neighbours of each colour they have (Weisfeiler–Leman in one dimension).
 * @param atoms indices of the heavy atoms
 * @param resonance whether single and double bonds from one centre to terminal N or O are alike
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
  let { colours, count } = numbered(start);
  for (;;) {
    const old = colours;
    const next = numbered(
      Array.from(old, (colour, u) => {
        const around = lists[u].map((v) => `${bonds[u * old.length + v]}.${old[v]}`).sort();
        return `${colour}:${around}`;
      }),
    );
    if (next.count === count) return colours;
    ({ colours, count } = next);
  }
}

/** Classes from 0, by the order of their first occurrence. */
function numbered(names: readonly string[]): { colours: Int32Array; count: number } {
  const classes = new Map<string, number>();
  const colours = Int32Array.from(names, (name) => {
    if (!classes.has(name)) classes.set(name, classes.size);
    return classes.get(name)!;
  });
  return { colours, count: classes.size };
}
