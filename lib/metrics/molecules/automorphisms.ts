import type { MolecularGraph } from "./graph";
import { type SymmetryOptions, symmetryOf } from "./symmetry";

/**
 * Every automorphism of a molecule's heavy-atom graph, the identity first: a[k] is the atom to which
 * the k-th heavy atom is mapped, as indices of the molecule. {@link symmetryOf} returns the same group
 * as a product of factors.
 * @throws UserError as {@link symmetryOf}
 */
export function automorphisms(graph: MolecularGraph, options: SymmetryOptions = {}): Int32Array[] {
  const { atoms, factors } = symmetryOf(graph, options);
  let all: Int32Array[] = [atoms.slice()];
  for (const { vertices, order, images } of factors) {
    const product: Int32Array[] = [];
    for (const earlier of all)
      for (let e = 0; e < order; e++) {
        const next = earlier.slice();
        for (let k = 0; k < vertices.length; k++)
          next[vertices[k]] = atoms[images[e * vertices.length + k]];
        product.push(next);
      }
    all = product;
  }
  return all;
}
