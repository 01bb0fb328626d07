import { EigenvalueDecomposition } from "ml-matrix";

// The largest eigenvalue of Horn's symmetric 4 × 4 matrix K of an inner-product matrix M (3 × 3, M_rc
// = Σ a_r b_c): the rotation that best turns a onto b leaves Σ|Ra − b|² = Σ|a|² + Σ|b|² − 2 λ. The
// eigenvalues of K are s1 + s2 ± s3 and so on, with the singular values of M, so the characteristic
// polynomial λ⁴ + c2 λ² + c1 λ + c0 can be had from M alone (Theobald's QCP). Newton's method finds
// its largest root in a few steps of ten operations, where an SVD takes hundreds. It loses accuracy
// where two roots meet (collinear atoms, mirror images of symmetric tops); a full decomposition is used there.

/** Newton's result is used if the polynomial's slope at the root is at least this times λ³. */
const WELL_CONDITIONED = 0.05;
/** A value of the polynomial within this of 0, relative to its terms, may be rounding. */
const ROUNDING = 1e-13;

const coefficients = new Float64Array(4);

/** ‖M‖², c1 and c0 into `coefficients`; c2 is −2 ‖M‖². */
function characteristic(m: Float64Array, at: number): void {
  // Destructuring would go through an iterator, and this is the innermost loop.
  const m0 = m[at];
  const m1 = m[at + 1];
  const m2 = m[at + 2];
  const m3 = m[at + 3];
  const m4 = m[at + 4];
  const m5 = m[at + 5];
  const m6 = m[at + 6];
  const m7 = m[at + 7];
  const m8 = m[at + 8];
  const xx = m0 * m0 + m3 * m3 + m6 * m6;
  const yy = m1 * m1 + m4 * m4 + m7 * m7;
  const zz = m2 * m2 + m5 * m5 + m8 * m8;
  const xy = m0 * m1 + m3 * m4 + m6 * m7;
  const xz = m0 * m2 + m3 * m5 + m6 * m8;
  const yz = m1 * m2 + m4 * m5 + m7 * m8;
  const norm = xx + yy + zz;
  const determinant =
    m0 * (m4 * m8 - m5 * m7) - m1 * (m3 * m8 - m5 * m6) + m2 * (m3 * m7 - m4 * m6);
  const squares = xx * xx + yy * yy + zz * zz + 2 * (xy * xy + xz * xz + yz * yz);
  coefficients[0] = norm;
  coefficients[1] = -8 * determinant;
  coefficients[2] = 2 * squares - norm * norm;
}

/**
 * Whether K of M may have an eigenvalue above `bound`: false is certain, true may be due to rounding.
 * As all roots are real, none is above the bound if and only if the polynomial and its derivatives are
 * all positive there (Budan and Fourier), so most automorphisms are rejected without finding a root.
 * @param at index in `m` of the first of the 9 numbers
 */
export function mayExceed(m: Float64Array, bound: number, at = 0): boolean {
  if (!(bound > 0)) return true;
  characteristic(m, at);
  const norm = coefficients[0];
  const square = bound * bound;
  if (square > 3 * norm * (1 + ROUNDING)) return false;
  if (3 * square <= norm) return true;
  const inner = square - 2 * norm;
  if (2 * bound * (square + inner) + coefficients[1] <= 0) return true;
  const value = (inner * bound + coefficients[1]) * bound + coefficients[2];
  return value <= ROUNDING * (square * square + norm * norm);
}

/** The largest eigenvalue of K of M, to about 1e-14 of itself. */
export function largestEigenvalue(m: Float64Array, at = 0): number {
  characteristic(m, at);
  const norm = coefficients[0];
  if (norm === 0) return 0;
  const c1 = coefficients[1];
  const c0 = coefficients[2];
  // Started above all roots, Newton's method converges to the largest from above.
  let root = Math.sqrt(3 * norm);
  for (let step = 0; step < 50; step++) {
    const square = root * root;
    const b = (square - 2 * norm) * root;
    const a = b + c1;
    const slope = 2 * square * root + b + a;
    if (!(slope > WELL_CONDITIONED * square * root)) break;
    const change = (a * root + c0) / slope;
    root -= change;
    if (change <= 1e-15 * root) return root;
  }
  return largestEigenpair(m.subarray(at, at + 9)).value;
}

/**
 * The rotation R (9 numbers, row by row) that maximises Σ b·Ra: the eigenvector of K's largest
 * eigenvalue as a quaternion, which is always a proper rotation.
 */
export function bestRotation(m: Float64Array): Float64Array {
  const [w, x, y, z] = largestEigenpair(m).vector;
  return Float64Array.of(
    ...[w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    ...[2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
    ...[2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
  );
}

/** The largest eigenvalue of K and its eigenvector, of length 1. */
function largestEigenpair(m: Float64Array): { value: number; vector: number[] } {
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = m;
  const horn = [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
  ];
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(horn, {
    assumeSymmetric: true,
  });
  const value = Math.max(...realEigenvalues);
  return { value, vector: eigenvectorMatrix.getColumn(realEigenvalues.indexOf(value)) };
}
