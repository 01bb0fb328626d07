import { UserError } from "../../errors";

/** Coordinates with their centroid at the origin. */
export interface Centred {
  /** x y z of each of the n atoms, ångström. */
  readonly points: Float64Array;
  /** Σ|x|², Å². */
  readonly squares: number;
  /** The centroid that was subtracted. */
  readonly centroid: readonly [number, number, number];
}

/**
 * Moves the centroid of the atoms' coordinates to the origin.
 * @param atoms which atoms. @defaultValue all
 * @param into receives the centred points, 3 numbers per atom. @defaultValue a new array
 * @throws UserError if a coordinate is not finite, or there are no atoms
 */
export function centre(
  positions: ArrayLike<number>,
  atoms?: ArrayLike<number>,
  into?: Float64Array,
): Centred {
  const size = atoms ? atoms.length : positions.length / 3;
  if (!(Number.isInteger(size) && size > 0))
    throw new UserError(
      atoms
        ? "There are no heavy atoms to superpose."
        : `A conformer needs x, y and z of at least one atom; it has ${positions.length} numbers.`,
    );
  const points = into ?? new Float64Array(3 * size);
  let x = 0;
  let y = 0;
  let z = 0;
  for (let k = 0; k < points.length; k += 3) {
    const at = atoms ? 3 * atoms[k / 3] : k;
    points[k] = positions[at];
    points[k + 1] = positions[at + 1];
    points[k + 2] = positions[at + 2];
    x += points[k];
    y += points[k + 1];
    z += points[k + 2];
  }
  if (!Number.isFinite(x + y + z))
    throw new UserError(
      "Coordinates to superpose are missing or not finite. Leave diverged conformers out, and count them.",
    );
  const centroid = [x / size, y / size, z / size] as const;
  let squares = 0;
  for (let k = 0; k < points.length; k += 3) {
    const u = points[k] - centroid[0];
    const v = points[k + 1] - centroid[1];
    const w = points[k + 2] - centroid[2];
    points[k] = u;
    points[k + 1] = v;
    points[k + 2] = w;
    squares += u * u + v * v + w * w;
  }
  return { points, squares, centroid };
}

/** Adds a_i b_jᵀ to the 3 × 3 matrix that starts at index `at`. */
export function addProduct(
  sum: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): void {
  const x = a[3 * i];
  const y = a[3 * i + 1];
  const z = a[3 * i + 2];
  const u = b[3 * j];
  const v = b[3 * j + 1];
  const w = b[3 * j + 2];
  sum[at] += x * u;
  sum[at + 1] += x * v;
  sum[at + 2] += x * w;
  sum[at + 3] += y * u;
  sum[at + 4] += y * v;
  sum[at + 5] += y * w;
  sum[at + 6] += z * u;
  sum[at + 7] += z * v;
  sum[at + 8] += z * w;
}
