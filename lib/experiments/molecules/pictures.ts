import { SVD } from "ml-matrix";
import type { DrawnConformer } from "../../figures/atoms";
import { superpose } from "../../metrics/molecules/index";
import type { Row } from "../../metrics/row";
import { centrePositions } from "./conformers";
import type { PoolEnsemble } from "./ensembles";
import type { ShownConformer } from "./generatedConformers";

/** A molecule and its first conformer as columns of a row; lists are written as text. */
export function referenceRow({ number, molecule, conformers }: PoolEnsemble): Row {
  return {
    molecule: number,
    atomicNumbers: [...molecule.atomicNumbers].join(" "),
    bonds: molecule.bonds.map(([i, j]) => `${i}-${j}`).join(" "),
    positions: formatPositions(conformers[0]),
  };
}

/** A generated conformer as columns of a row. */
export function conformerRow({ number, positions }: ShownConformer): Row {
  return { molecule: number, positions: formatPositions(positions) };
}

/** A real conformer, on which generated ones of the same molecule are superposed. */
export interface Reference {
  readonly molecule: number;
  readonly smiles: string;
  /** Its longest axis along x, its shortest towards the viewer. */
  readonly conformer: DrawnConformer;
  /** The conformer of another row of the same molecule, superposed on the real one. */
  superpose(row: Row): DrawnConformer;
}

/** Reads a row written by {@link referenceRow}. */
export function referenceOf(row: Row): Reference {
  const positions = orientToView(parseNumbers(row.positions));
  const molecule = {
    atomicNumbers: parseNumbers(row.atomicNumbers),
    bonds: String(row.bonds)
      .split(" ")
      .filter((bond) => bond !== "")
      .map((bond) => bond.split("-").map(Number) as [number, number]),
  };
  return {
    molecule: Number(row.molecule),
    smiles: String(row.smiles),
    conformer: { ...molecule, positions },
    superpose: (other) => ({
      ...molecule,
      positions: [...superpose(parseNumbers(other.positions), positions).positions],
    }),
  };
}

/** The conformer, centred and rotated so that it is widest along x and flattest along z; not mirrored. */
function orientToView(positions: readonly number[]): number[] {
  const points = [...centrePositions(positions)];
  const rows = Array.from({ length: points.length / 3 }, (_, i) => points.slice(3 * i, 3 * i + 3));
  // Zero rows do not change the axes, and give a molecule of two atoms three of them.
  const { rightSingularVectors: axes } = new SVD([...rows, [0, 0, 0], [0, 0, 0]]);
  const [x, y] = [axes.getColumn(0), axes.getColumn(1)];
  const z = [0, 1, 2].map((i) => x[(i + 1) % 3] * y[(i + 2) % 3] - x[(i + 2) % 3] * y[(i + 1) % 3]);
  return rows.flatMap((row) =>
    [x, y, z].map((axis) => row.reduce((sum, value, i) => sum + value * axis[i], 0)),
  );
}

/** Coordinates as text, rounded to 0.01 Å. */
const formatPositions = (positions: ArrayLike<number>): string =>
  Array.from(positions, (x) => x.toFixed(2)).join(" ");

const parseNumbers = (numbers: Row[string]): number[] => String(numbers).split(" ").map(Number);
