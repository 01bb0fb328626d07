import { UserError } from "../../errors";
import { addProduct, type Centred, centre } from "./centred";
import type { MolecularGraph } from "./graph";
import { exactDeviation, quickDeviation } from "./rmsd";
import { bestChoice } from "./search";
import { type Symmetry, symmetryOf } from "./symmetry";

/**
 * The least {@link rmsd} over heavy atoms that any automorphism of the molecule allows, in ångström:
 * what RDKit's GetBestRMS gives for the molecules without hydrogens.
 *
 * No superposition is made for most automorphisms: each changes only some terms of the 3 × 3 matrix
 * Σ a_i b_jᵀ, and a sign test of a quartic polynomial tells whether it can beat the best so far.
 * @param a 3N coordinates, hydrogens included
 * @param molecule its graph, or its symmetry, which is worth keeping where conformers are many
 * @throws UserError as {@link symmetryOf}, or if coordinates have a wrong length or are not finite
 */
export function bestRmsd(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  molecule: MolecularGraph | Symmetry,
): number {
  const symmetry = "factors" in molecule ? molecule : symmetryOf(molecule);
  return between(heavyCentred(a, symmetry), heavyCentred(b, symmetry), symmetry);
}

/**
 * {@link bestRmsd} of each generated conformer with each reference conformer.
 * @returns generated × reference, row by row
 */
export function rmsdMatrix(
  generated: readonly ArrayLike<number>[],
  reference: readonly ArrayLike<number>[],
  molecule: MolecularGraph | Symmetry,
): Float64Array {
  const symmetry = "factors" in molecule ? molecule : symmetryOf(molecule);
  const columns = reference.map((conformer) => heavyCentred(conformer, symmetry));
  const matrix = new Float64Array(generated.length * columns.length);
  let at = 0;
  for (const conformer of generated) {
    const row = heavyCentred(conformer, symmetry);
    for (const column of columns) matrix[at++] = between(row, column, symmetry);
  }
  return matrix;
}

function heavyCentred(positions: ArrayLike<number>, { size, atoms }: Symmetry): Centred {
  if (positions.length !== 3 * size)
    throw new UserError(
      `A conformer has ${positions.length} coordinates; the molecule's ${size} atoms need ${3 * size}.`,
    );
  return centre(positions, atoms);
}

function between(from: Centred, to: Centred, symmetry: Symmetry): number {
  const base = new Float64Array(9);
  for (const vertex of symmetry.fixed) addProduct(base, 0, from.points, vertex, to.points, vertex);
  const { eigenvalue, choice } = bestChoice(base, from.points, to.points, symmetry.factors);
  return (
    quickDeviation(from, to, eigenvalue) ?? exactDeviation(from, permuted(to, symmetry, choice))
  );
}

/** The conformer whose vertex v is the image of v. */
function permuted(to: Centred, { factors }: Symmetry, choice: Int32Array): Centred {
  const points = to.points.slice();
  for (const [f, { vertices, images }] of factors.entries())
    for (let k = 0; k < vertices.length; k++) {
      const image = images[choice[f] * vertices.length + k];
      points.set(to.points.subarray(3 * image, 3 * image + 3), 3 * vertices[k]);
    }
  return { ...to, points };
}
