import { UserError } from "../../errors";
import { bondsOf, type MolecularGraph, neighbours } from "./graph";

/** Bonds, angles and torsions of a molecule, as indices of its atoms. */
export interface InternalCoordinates {
  /** 2 atoms each, in the order of the molecule's bonds. */
  readonly bonds: Int32Array;
  /** 3 atoms each, the second at the vertex. */
  readonly angles: Int32Array;
  /** 4 atoms each along proper torsions, about every bond, in rings too. */
  readonly torsions: Int32Array;
}

/**
 * All bonds, angles and proper torsions, each once.
 * @param hydrogens whether to include those with hydrogen atoms. @defaultValue true
 * @throws UserError for a bond to an atom that does not exist, or to itself
 */
export function internalCoordinates(graph: MolecularGraph, hydrogens = true): InternalCoordinates {
  const included = (atom: number) => hydrogens || graph.atomicNumbers[atom] > 1;
  const pairs = bondsOf(graph).filter(([i, j]) => included(i) && included(j));
  const lists = neighbours(graph).map((list) => list.map(({ atom }) => atom).filter(included));
  const bonds: number[] = [];
  const angles: number[] = [];
  const torsions: number[] = [];
  for (const [i, j] of pairs) bonds.push(i, j);
  for (const [vertex, list] of lists.entries())
    if (included(vertex))
      for (const [k, i] of list.entries())
        for (const j of list.slice(k + 1)) angles.push(i, vertex, j);
  for (const [j, k] of pairs)
    for (const i of lists[j])
      for (const l of lists[k]) if (i !== k && l !== j && i !== l) torsions.push(i, j, k, l);
  return {
    bonds: Int32Array.from(bonds),
    angles: Int32Array.from(angles),
    torsions: Int32Array.from(torsions),
  };
}

/** Lengths in ångström of pairs of atoms. @param positions 3N coordinates */
export function lengths(positions: ArrayLike<number>, pairs: Int32Array): Float64Array {
  requirePositions(positions, pairs);
  const values = new Float64Array(pairs.length / 2);
  for (let k = 0; k < values.length; k++) {
    const i = 3 * pairs[2 * k];
    const j = 3 * pairs[2 * k + 1];
    const x = positions[i] - positions[j];
    const y = positions[i + 1] - positions[j + 1];
    const z = positions[i + 2] - positions[j + 2];
    values[k] = Math.sqrt(x * x + y * y + z * z);
  }
  return values;
}

/** Angles in degrees, 0 … 180, of triples of atoms; NaN where two of them coincide. */
export function angles(positions: ArrayLike<number>, triples: Int32Array): Float64Array {
  requirePositions(positions, triples);
  const values = new Float64Array(triples.length / 3);
  for (let k = 0; k < values.length; k++) {
    const i = 3 * triples[3 * k];
    const v = 3 * triples[3 * k + 1];
    const j = 3 * triples[3 * k + 2];
    const ax = positions[i] - positions[v];
    const ay = positions[i + 1] - positions[v + 1];
    const bx = positions[j] - positions[v];
    const by = positions[j + 1] - positions[v + 1];
    const az = positions[i + 2] - positions[v + 2];
    const bz = positions[j + 2] - positions[v + 2];
    const cx = ay * bz - az * by;
    const cy = az * bx - ax * bz;
    const cz = ax * by - ay * bx;
    const dot = ax * bx + ay * by + az * bz;
    const angle = Math.atan2(Math.sqrt(cx * cx + cy * cy + cz * cz), dot);
    const coincide = ax * ax + ay * ay + az * az === 0 || bx * bx + by * by + bz * bz === 0;
    values[k] = coincide ? Number.NaN : degrees(angle);
  }
  return values;
}

/**
 * Torsions in degrees, above −180 up to 180, of quadruples of atoms, by the IUPAC sign: positive if
 * the far bond is turned clockwise from the near one. NaN where three neighbouring atoms are collinear.
 */
export function torsions(positions: ArrayLike<number>, quadruples: Int32Array): Float64Array {
  requirePositions(positions, quadruples);
  const x = positions;
  const values = new Float64Array(quadruples.length / 4);
  for (let q = 0; q < values.length; q++) {
    const i = 3 * quadruples[4 * q];
    const j = 3 * quadruples[4 * q + 1];
    const k = 3 * quadruples[4 * q + 2];
    const l = 3 * quadruples[4 * q + 3];
    // a, b, c: the three bonds in the direction of the walk.
    const ax = x[j] - x[i];
    const ay = x[j + 1] - x[i + 1];
    const az = x[j + 2] - x[i + 2];
    const bx = x[k] - x[j];
    const by = x[k + 1] - x[j + 1];
    const bz = x[k + 2] - x[j + 2];
    const cx = x[l] - x[k];
    const cy = x[l + 1] - x[k + 1];
    const cz = x[l + 2] - x[k + 2];
    const mx = ay * bz - az * by;
    const my = az * bx - ax * bz;
    const mz = ax * by - ay * bx;
    const nx = by * cz - bz * cy;
    const ny = bz * cx - bx * cz;
    const nz = bx * cy - by * cx;
    const aa = ax * ax + ay * ay + az * az;
    const bb = bx * bx + by * by + bz * bz;
    const cc = cx * cx + cy * cy + cz * cz;
    const mm = mx * mx + my * my + mz * mz;
    const nn = nx * nx + ny * ny + nz * nz;
    const defined = mm > COLLINEAR * aa * bb && nn > COLLINEAR * bb * cc;
    const sine = Math.sqrt(bb) * (ax * nx + ay * ny + az * nz);
    const angle = degrees(Math.atan2(sine, mx * nx + my * ny + mz * nz));
    values[q] = defined ? (angle === -180 ? 180 : angle) : Number.NaN;
  }
  return values;
}

/** Square of the sine below which two bonds count as collinear. */
const COLLINEAR = 1e-12;

function requirePositions(positions: ArrayLike<number>, atoms: Int32Array): void {
  const size = positions.length / 3;
  for (const atom of atoms)
    if (!(atom < size))
      throw new UserError(
        `Atom ${atom} has no position: the conformer has ${positions.length} coordinates.`,
      );
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
