import { UserError } from "../../errors";
import { type ColouredGraph, colouredGraph } from "./colours";
import { type Factor, factorOf } from "./factor";
import { heavyAtoms, type MolecularGraph } from "./graph";

export type { Factor } from "./factor";

export interface SymmetryOptions {
  /** A molecule with more automorphisms is refused. @defaultValue 1,000,000 */
  readonly limit?: number;
  /**
   * Whether to treat single and double bonds from one centre to terminal nitrogens or oxygens as equal,
   * and to ignore charges there: carboxylate, nitro, phosphate. RDKit's GetBestRMS does so.
   * @defaultValue true
   */
  readonly resonance?: boolean;
}

/**
 * The automorphisms of a molecule's heavy atoms, as a direct product: every choice of one permutation
 * from each factor is an automorphism, and each automorphism is one such choice. Two phenyl rings
 * and a CF3 group then take 2 + 2 + 6 permutations instead of 24.
 */
export interface Symmetry {
  /** Atoms of the molecule, hydrogens included. */
  readonly size: number;
  /** Indices of its heavy atoms in the molecule; vertices are counted in this order. */
  readonly atoms: Int32Array;
  /** Vertices that no automorphism moves. */
  readonly fixed: Int32Array;
  readonly factors: readonly Factor[];
  /** Number of automorphisms. */
  readonly order: number;
}

/**
 * The symmetry of a molecule's heavy-atom graph: elements, formal charges and bond orders are kept;
 * stereochemistry and hydrogens are ignored.
 * @throws UserError if there is no heavy atom, a bond refers to an atom that does not exist, or there
 *   are more automorphisms than the limit
 */
export function symmetryOf(
  graph: MolecularGraph,
  { limit = 1e6, resonance = true }: SymmetryOptions = {},
): Symmetry {
  const atoms = heavyAtoms(graph);
  if (atoms.length === 0)
    throw new UserError("The molecule has no heavy atoms, so there is nothing to superpose.");
  const coloured = colouredGraph(graph, atoms, resonance);
  const factors: Factor[] = [];
  let order = 1;
  for (const vertices of independentParts(coloured)) {
    const factor = factorOf(coloured, vertices, Math.floor(limit / order));
    if (factor === undefined)
      throw new UserError(
        `A molecule of ${atoms.length} heavy atoms has more than ${limit} automorphisms. Leave it out, or raise the limit.`,
      );
    if (factor.order === 1) continue;
    factors.push(factor);
    order *= factor.order;
  }
  factors.sort((a, b) => a.order - b.order);
  const moved = new Set(factors.flatMap(({ vertices }) => Array.from(vertices)));
  const fixed = Int32Array.from(atoms.keys()).filter((vertex) => !moved.has(vertex));
  return { size: graph.atomicNumbers.length, atoms, fixed, factors, order };
}

/**
 * Sets of vertices that can be permuted independently of each other. Two colour classes depend on
 * each other if the bonds between them distinguish atoms, that is, unless each atom of one is bonded
 * in the same way to all atoms of the other, or to none. After refinement it is enough to look at one
 * atom of each class.
 */
function independentParts({ size, colours, bonds }: ColouredGraph): Int32Array[] {
  const classes = new Map<number, number[]>();
  for (let u = 0; u < size; u++) classes.set(colours[u], [...(classes.get(colours[u]) ?? []), u]);
  const open = [...classes.values()].filter((members) => members.length > 1);
  const parts: Int32Array[] = [];
  while (open.length > 0) {
    const part = [open.shift()!];
    for (let k = 0; k < part.length; k++)
      for (let other = open.length - 1; other >= 0; other--) {
        const from = part[k][0] * size;
        const alike = open[other].every((v) => bonds[from + v] === bonds[from + open[other][0]]);
        if (!alike) part.push(...open.splice(other, 1));
      }
    // Small classes first: few choices there prune the search most.
    part.sort((a, b) => a.length - b.length);
    parts.push(Int32Array.from(part.flat()));
  }
  return parts;
}
