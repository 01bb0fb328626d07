import { UserError } from "../../errors";
import { type Centred, centre } from "./centred";
import type { MolecularGraph } from "./graph";
import { rmsdFromEigenvalue, rmsdFromRotation } from "./rmsd";
import { scaledPair } from "./scaledPair";
import { Search } from "./search";
import { type Symmetry, symmetryOf } from "./symmetry";

/**
 * The smallest {@link rmsd} over heavy atoms, in ångström, that any automorphism of the molecule
 * allows: RDKit's GetBestRMS of the molecules without hydrogens.
 *
 * Most automorphisms are rejected without a superposition: each changes only some terms of the 3 × 3
 * matrix Σ a_i b_jᵀ, and a sign test of a quartic polynomial tells whether it can beat the best so
 * far. Exact to rounding, or to 1e-6 Å where the conformers are equal except for equivalent atoms that
 * almost coincide.
 * @param a 3N coordinates, hydrogens included
 * @param molecule its graph, or its symmetry (compute it once for many conformers)
 * @throws UserError as {@link symmetryOf}, or if the coordinates have a wrong length or are not finite
 */
export function bestRmsd(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  molecule: MolecularGraph | Symmetry,
): number {
  const { search, from, to } = workspace("factors" in molecule ? molecule : symmetryOf(molecule));
  const { symmetry } = search;
  return pairRmsd(centreHeavy(a, symmetry, from), centreHeavy(b, symmetry, to), search);
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
  const columns = reference.map((conformer) => centreHeavy(conformer, symmetry));
  const matrix = new Float64Array(generated.length * columns.length);
  let at = 0;
  for (const conformer of generated) {
    const row = centreHeavy(conformer, symmetry);
    for (const column of columns) matrix[at++] = pairRmsd(row, column, search);
  }
  return matrix;
}

interface Workspace {
  readonly search: Search;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

const workspaces = new WeakMap<Symmetry, Workspace>();

/** Work arrays shared by all pairs of conformers with this symmetry. */
function workspace(symmetry: Symmetry): Workspace {
  let found = workspaces.get(symmetry);
  if (found === undefined) {
    const points = () => new Float64Array(3 * symmetry.atoms.length);
    found = { search: new Search(symmetry), from: points(), to: points() };
    workspaces.set(symmetry, found);
  }
  return found;
}

function centreHeavy(
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

function pairRmsd(a: Centred, b: Centred, search: Search): number {
  const { from, to, unit } = scaledPair(a, b);
  search.run(from.points, to.points);
  const deviation =
    rmsdFromEigenvalue(from, to, search.eigenvalue) ??
    rmsdFromRotation(from, permute(to, search.symmetry, search.choice));
  return unit * deviation;
}

/** The conformer whose vertex v is the image of v. */
function permute(to: Centred, { factors }: Symmetry, choice: Int32Array): Centred {
  const points = to.points.slice();
  for (const [f, { vertices, images }] of factors.entries())
    for (let k = 0; k < vertices.length; k++) {
      const image = images[choice[f] * vertices.length + k];
      points.set(to.points.subarray(3 * image, 3 * image + 3), 3 * vertices[k]);
    }
  return { ...to, points };
}
