import type { Molecule } from "./molecule";
import { adjacency } from "./thirdOrder";

/** Search steps after which two graphs count as different; real molecules take N. */
const MAX_STEPS = 1_000_000;

type Graph = Pick<Molecule, "atomicNumbers" | "bonds">;

/**
 * An isomorphism of two molecular graphs that preserves elements: atom i of `a` is atom result[i] of
 * `b`. Bond orders, charges and stereochemistry are ignored. If there are several, the first one found.
 * @returns undefined if there is none
 */
export function matchAtoms(a: Graph, b: Graph): Int32Array | undefined {
  const size = a.atomicNumbers.length;
  if (size !== b.atomicNumbers.length || a.bonds.length !== b.bonds.length) return undefined;
  const near = [adjacency(a), adjacency(b)] as const;
  const colours = refine([a, b], near);
  const sorted = colours.map((list) => [...list].sort((x, y) => x - y));
  if (sorted[0].some((colour, k) => colour !== sorted[1][k])) return undefined;

  const { order, parent } = breadthFirst(near[0]);
  const image = new Int32Array(size).fill(-1);
  const used = new Uint8Array(size);
  const everywhere = Array.from({ length: size }, (_, i) => i);
  let steps = 0;
  const fits = (atom: number, target: number) =>
    used[target] === 0 &&
    colours[0][atom] === colours[1][target] &&
    near[0][atom].every((other) => image[other] < 0 || near[1][target].includes(image[other]));
  const place = (k: number): boolean => {
    if (k === size) return true;
    const atom = order[k];
    const from = parent[atom];
    for (const target of from < 0 ? everywhere : near[1][image[from]]) {
      if (!fits(atom, target)) continue;
      if (++steps > MAX_STEPS) return false;
      image[atom] = target;
      used[target] = 1;
      if (place(k + 1)) return true;
      image[atom] = -1;
      used[target] = 0;
    }
    return false;
  };
  // Every bond of `a` is mapped to one of `b`, and both have equally many.
  return place(0) ? image : undefined;
}

/** Classes of atoms by element and environment (Weisfeiler–Leman), numbered alike in both graphs. */
function refine(graphs: readonly Graph[], near: readonly number[][][]): number[][] {
  let colours = graphs.map(({ atomicNumbers }) => [...atomicNumbers]);
  let count = 0;
  for (;;) {
    const names = new Map<string, number>();
    colours = colours.map((list, g) =>
      list.map((colour, i) => {
        const around = near[g][i].map((j) => list[j]).sort((x, y) => x - y);
        const key = `${colour}:${around.join()}`;
        if (!names.has(key)) names.set(key, names.size);
        return names.get(key)!;
      }),
    );
    if (names.size === count) return colours;
    count = names.size;
  }
}

/** All atoms in breadth-first order, and the atom from which each was reached (−1 for the first). */
function breadthFirst(lists: readonly number[][]): { order: number[]; parent: Int32Array } {
  const parent = new Int32Array(lists.length).fill(-1);
  const seen = new Uint8Array(lists.length);
  const order: number[] = [];
  for (let start = 0; start < lists.length; start++) {
    if (seen[start]) continue;
    seen[start] = 1;
    order.push(start);
    for (let k = order.length - 1; k < order.length; k++)
      for (const next of lists[order[k]])
        if (!seen[next]) {
          seen[next] = 1;
          parent[next] = order[k];
          order.push(next);
        }
  }
  return { order, parent };
}
