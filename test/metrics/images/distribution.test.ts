import assert from "node:assert/strict";
import { test } from "node:test";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import {
  divergenceFromStandardNormal,
  effectiveRank,
  frechetDistance,
  type Moments,
  momentsOf,
  pixelEntropy,
} from "../../../lib/metrics/images";
import { Stream } from "../../../lib/random/stream";

const close = (a: number, b: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a} is not ${b}`);

const diagonal = (mean: number[], deviations: number[]): Moments => ({
  mean,
  covariance: Matrix.diag(deviations.map((deviation) => deviation ** 2)),
});

/** A random rotation [k, k]: the eigenvectors of a random symmetric matrix. */
function rotation(k: number, stream: Stream): Matrix {
  const values = Matrix.from1DArray(
    k,
    k,
    Array.from({ length: k * k }, () => stream.uniform()),
  );
  const symmetric = Matrix.add(values, values.transpose());
  return new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).eigenvectorMatrix;
}

const turned = ({ mean, covariance }: Moments, by: Matrix): Moments => ({
  mean: by.mmul(Matrix.columnVector([...mean])).to1DArray(),
  covariance: by.mmul(covariance).mmul(by.transpose()),
});

test("Moments: the mean and the covariance with n − 1 of three points in the plane", () => {
  const { mean, covariance } = momentsOf(Float32Array.of(0, 0, 2, 0, 1, 3), 2);
  assert.deepEqual(mean, [1, 1]);
  assert.deepEqual(covariance.to2DArray(), [
    [1, 0],
    [0, 3],
  ]);
});

test("Fréchet distance of independent normals: Σ (μ₁ − μ₂)² + (σ₁ − σ₂)², also after a common rotation", () => {
  const [a, b] = [diagonal([1, 2, 3], [1, 2, 0]), diagonal([1, 0, 4], [3, 2, 0.5])];
  const expected = 0 + 4 + 1 + 4 + 0 + 0.25;
  close(frechetDistance(a, b), expected);
  const by = rotation(3, new Stream(["rotation"]));
  close(frechetDistance(turned(a, by), turned(b, by)), expected);
  close(frechetDistance(b, a), expected);
  close(frechetDistance(a, a), 0, 1e-7);
});

test("Fréchet distance where covariances do not commute: that of the plane in closed form", () => {
  // In two dimensions tr √(Σ₁Σ₂) = √(tr Σ₁Σ₂ + 2 √(det Σ₁ det Σ₂)).
  const first = new Matrix([
    [4, 1],
    [1, 2],
  ]);
  const second = new Matrix([
    [1, -0.5],
    [-0.5, 3],
  ]);
  const root = Math.sqrt(first.mmul(second).trace() + 2 * Math.sqrt(7 * 2.75));
  const [a, b] = [first, second].map((covariance) => ({ mean: [0, 0], covariance }));
  close(frechetDistance(a, b), 6 + 4 - 2 * root);
});

test("Divergence from N(0, I): Σ ½(σ² + μ² − 1 − log σ²), 0 for itself, infinite without a density", () => {
  const moments = diagonal([0.5, -1], [2, 0.3]);
  const expected = (4 + 0.25 - 1 - Math.log(4) + 0.09 + 1 - 1 - Math.log(0.09)) / 2;
  close(divergenceFromStandardNormal(moments), expected);
  close(divergenceFromStandardNormal(turned(moments, rotation(2, new Stream(["two"])))), expected);
  assert.equal(divergenceFromStandardNormal(diagonal([0, 0, 0], [1, 1, 1])), 0);
  assert.equal(divergenceFromStandardNormal(diagonal([0, 0], [1, 0])), Number.POSITIVE_INFINITY);
  // Of a model that has blown up: all means on one line, far out, beside ordinary variances.
  const line = Matrix.add(Matrix.ones(3, 3).mul(1e18), Matrix.eye(3));
  const far = divergenceFromStandardNormal({ mean: [1e9, 1e9, 1e9], covariance: line });
  assert.ok(Number.isFinite(far) && far > 1e18);
});

test("Effective rank: 1 on a line, k for k alike directions, else (Σλ)²/Σλ² of the covariance", () => {
  assert.equal(effectiveRank(Uint8Array.of(0, 0, 10, 20, 20, 40), 3), 1);
  // The corners of a square.
  assert.equal(effectiveRank(Uint8Array.of(0, 0, 0, 8, 8, 0, 8, 8), 4), 2);
  assert.equal(effectiveRank(Uint8Array.of(7, 9, 7, 9), 2), 0);
  const stream = new Stream(["pixels"]);
  const [count, size] = [7, 5];
  const pixels = Uint8Array.from({ length: count * size }, () => 255 * stream.uniform());
  const { covariance } = momentsOf(Float32Array.from(pixels), size);
  const { realEigenvalues } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const [sum, squares] = [1, 2].map((power) =>
    realEigenvalues.reduce((total, value) => total + value ** power, 0),
  );
  close(effectiveRank(pixels, count), sum ** 2 / squares);
});

test("Pixel entropy: none in black and white; −p log p − (1 − p) log(1 − p) a pixel in grey", () => {
  assert.equal(pixelEntropy(Uint8Array.of(0, 255, 255, 0), 2), 0);
  const p = 51 / 255;
  const entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  close(pixelEntropy(Uint8Array.of(51, 204, 0, 51, 51, 51), 3), (5 * entropy) / 2);
});
