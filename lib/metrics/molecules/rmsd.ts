import { UserError } from "../../errors";
import { addProduct, type Centred, centre } from "./centred";
import { bestRotation, largestEigenvalue } from "./eigen";
import { scaledPair } from "./scaledPair";

/** Below this fraction of Σ|a|² + Σ|b|², the difference to 2λ is mostly rounding error. */
const CANCELLATION = 1e-6;

/**
 * Root-mean-square distance, in ångström, of two conformers after the translation and proper rotation
 * that minimise it (Kabsch, 1976). Atom i of one is compared with atom i of the other; mirror images
 * are different. Exact to rounding, also where the conformers coincide.
 * @param a 3N coordinates, x y z by atom
 * @throws UserError if the sizes differ, there is no atom, or a coordinate is not finite
 */
export function rmsd(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameSize(a, b);
  const { from, to, unit } = scaledPair(centre(a), centre(b));
  const eigenvalue = largestEigenvalue(innerProduct(from, to));
  return unit * (rmsdFromEigenvalue(from, to, eigenvalue) ?? rmsdFromRotation(from, to));
}

export interface Superposition {
  /** The first conformer rotated and translated onto the second, 3N coordinates. */
  readonly positions: Float64Array;
  /** Å. */
  readonly rmsd: number;
}

/** Superposes a conformer on another as in {@link rmsd}. @throws UserError as {@link rmsd} */
export function superpose(mobile: ArrayLike<number>, target: ArrayLike<number>): Superposition {
  requireSameSize(mobile, target);
  const { from, to, unit } = scaledPair(centre(mobile), centre(target));
  const turned = rotate(bestRotation(innerProduct(from, to)), from.points);
  const remaining = Math.sqrt((3 * squaredDistance(turned, to.points)) / mobile.length);
  const positions = turned.map((value, k) => unit * value + to.centroid[k % 3]);
  return { positions, rmsd: unit * remaining };
}

/**
 * RMSD from λ of {@link largestEigenvalue}. Undefined where the conformers almost coincide and 2λ
 * cancels Σ|a|² + Σ|b|²; use {@link rmsdFromRotation} then.
 */
export function rmsdFromEigenvalue(
  from: Centred,
  to: Centred,
  eigenvalue: number,
): number | undefined {
  const total = from.squares + to.squares;
  const rest = total - 2 * eigenvalue;
  return rest < CANCELLATION * total ? undefined : Math.sqrt((3 * rest) / from.points.length);
}

/** RMSD of the rotated coordinates themselves. */
export function rmsdFromRotation(from: Centred, to: Centred): number {
  const turned = rotate(bestRotation(innerProduct(from, to)), from.points);
  return Math.sqrt((3 * squaredDistance(turned, to.points)) / turned.length);
}

function innerProduct({ points }: Centred, to: Centred): Float64Array {
  const product = new Float64Array(9);
  for (let i = 0; 3 * i < points.length; i++) addProduct(product, 0, points, i, to.points, i);
  return product;
}

function rotate(r: Float64Array, points: Float64Array): Float64Array {
  const turned = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3)
    for (let row = 0; row < 3; row++)
      turned[i + row] =
        r[3 * row] * points[i] + r[3 * row + 1] * points[i + 1] + r[3 * row + 2] * points[i + 2];
  return turned;
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

function requireSameSize(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length)
    throw new UserError(
      `Conformers with ${a.length / 3} and ${b.length / 3} atoms cannot be superposed.`,
    );
}
