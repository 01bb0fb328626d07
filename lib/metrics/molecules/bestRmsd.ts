import { UserError } from "../../errors";
import { type Centred, centre } from "./centred";
import type { MolecularGraph } from "./graph";
import { exactDeviation, quickDeviation } from "./rmsd";
import { scaledPair } from "./scaledPair";
import { Search } from "./search";
import { type Symmetry, symmetryOf } from "./symmetry";

/**
 * The least {@link rmsd} over heavy atoms that any automorphism of the molecule allows, in ångström:
 * what RDKit's GetBestRMS gives for the molecules without hydrogens.
 *
 * No superposition is made for most automorphisms: each changes only some terms of the 3 × 3 matrix
 * Σ a_i b_jᵀ, and a sign test of a quartic polynomial tells whether it can beat the best so far.
 * Exact to rounding, but to 1e-6 Å where conformers coincide but for equivalent atoms that nearly do.
 * @param a 3N coordinates, hydrogens included
 * @param molecule its graph, or its symmetry, which is worth keeping where conformers are many
 * @throws UserError as {@link symmetryOf}, or if coordinates have a wrong length or are not finite
 */
export function bestRmsd(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  molecule: MolecularGraph | Symmetry,
): number {
  const { search, from, to } = workspace("factors" in molecule ? molecule : symmetryOf(molecule));
  const { symmetry } = search;
  return between(heavyCentred(a, symmetry, from), heavyCentred(b, symmetry, to), search);
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
  const { search } = workspace(symmetry);
  const columns = reference.map((conformer) => heavyCentred(conformer, symmetry));
  const matrix = new Float64Array(generated.length * columns.length);
  let at = 0;
  for (const conformer of generated) {
    const row = heavyCentred(conformer, symmetry);
    for (const column of columns) matrix[at++] = between(row, column, search);
  }
  return matrix;
}

interface Workspace {
  readonly search: Search;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

const workspaces = new WeakMap<Symmetry, Workspace>();

/** The arrays that all pairs of conformers with this symmetry share. */
function workspace(symmetry: Symmetry): Workspace {
  let made = workspaces.get(symmetry);
  if (made === undefined) {
    const points = () => new Float64Array(3 * symmetry.atoms.length);
    made = { search: new Search(symmetry), from: points(), to: points() };
    workspaces.set(symmetry, made);
  }
  return made;
}

function heavyCentred(
  positions: ArrayLike<number>,
  { size, atoms }: Symmetry,
  into?: Float64Array,
): Centred {
  if (positions.length !== 3 * size)
    throw new UserError(
      `A conformer has ${positions.length} coordinates; the molecule's ${size} atoms need ${3 * size}.`,
    );
  return centre(positions, atoms, into);
}

function between(a: Centred, b: Centred, search: Search): number {
  const { from, to, unit } = scaledPair(a, b);
  search.run(from.points, to.points);
  const deviation =
    quickDeviation(from, to, search.eigenvalue) ??
    exactDeviation(from, permuted(to, search.symmetry, search.choice));
  return unit * deviation;
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
