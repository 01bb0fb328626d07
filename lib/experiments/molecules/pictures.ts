import { SVD } from "ml-matrix";
import type { DrawnConformer } from "../../figures/atoms";
import { superpose } from "../../metrics/molecules/index";
import type { Row } from "../../metrics/row";
import { centred } from "./conformers";
import type { PoolEnsemble } from "./ensembles";
import type { Shown } from "./evaluate";

/** A molecule and its first conformer as columns of a row, lists as text. */
export function referenceRow({ number, molecule, conformers }: PoolEnsemble): Row {
  return {
    molecule: number,
    atomicNumbers: [...molecule.atomicNumbers].join(" "),
    bonds: molecule.bonds.map(([i, j]) => `${i}-${j}`).join(" "),
    positions: written(conformers[0]),
  };
}

/** A generated conformer as columns of a row. */
export function conformerRow({ number, positions }: Shown): Row {
  return { molecule: number, positions: written(positions) };
}

/** A real conformer, and how generated ones of its molecule are shown beside it. */
export interface Reference {
  readonly molecule: number;
  readonly smiles: string;
  /** Its longest axis along x, its shortest towards the viewer. */
  readonly conformer: DrawnConformer;
  /** A conformer of the same molecule, superposed on the real one. */
  like(row: Row): DrawnConformer;
}

/** What {@link referenceRow} wrote. */
export function referenceOf(row: Row): Reference {
  const positions = turnedToView(read(row.positions));
  const molecule = {
    atomicNumbers: read(row.atomicNumbers),
    bonds: String(row.bonds)
      .split(" ")
      .filter((bond) => bond !== "")
      .map((bond) => bond.split("-").map(Number) as [number, number]),
  };
  return {
    molecule: Number(row.molecule),
    smiles: String(row.smiles),
    conformer: { ...molecule, positions },
    like: (other) => ({
      ...molecule,
      positions: [...superpose(read(other.positions), positions).positions],
    }),
  };
}

/** The conformer about its centroid, widest along x and flattest along z; not mirrored. */
function turnedToView(positions: readonly number[]): number[] {
  const points = [...centred(positions)];
  const rows = Array.from({ length: points.length / 3 }, (_, i) => points.slice(3 * i, 3 * i + 3));
  // Zero rows change nothing and let two atoms have three axes.
  const { rightSingularVectors: axes } = new SVD([...rows, [0, 0, 0], [0, 0, 0]]);
  const [x, y] = [axes.getColumn(0), axes.getColumn(1)];
  const z = [0, 1, 2].map((i) => x[(i + 1) % 3] * y[(i + 2) % 3] - x[(i + 2) % 3] * y[(i + 1) % 3]);
  return rows.flatMap((row) =>
    [x, y, z].map((axis) => row.reduce((sum, value, i) => sum + value * axis[i], 0)),
  );
}

/** Coordinates as text, to the hundredth of an ångström. */
const written = (positions: ArrayLike<number>): string =>
  Array.from(positions, (x) => x.toFixed(2)).join(" ");

const read = (numbers: Row[string]): number[] => String(numbers).split(" ").map(Number);
