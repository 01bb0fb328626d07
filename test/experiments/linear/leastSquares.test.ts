import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { leastSquares, predict, ridge } from "../../../lib/models/linear/leastSquares";
import { Stream } from "../../../lib/random/stream";

function problem(seed: number, T: number, d: number) {
  const stream = new Stream(["least-squares", seed]);
  const design = { x: stream.normals(new Float64Array(T * d)), d };
  return { design, y: stream.normals(new Float64Array(T)) };
}

/** X'r. */
function across({ x, d }: { x: Float64Array; d: number }, r: Float64Array): Float64Array {
  const out = new Float64Array(d);
  for (let t = 0; t < r.length; t++) for (let j = 0; j < d; j++) out[j] += x[t * d + j] * r[t];
  return out;
}

const largest = (values: Float64Array) => Math.max(...values.map(Math.abs));

test("residuals are orthogonal to every column of X, for any shape with T ≥ d", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 8 }), fc.nat(30), (seed, d, more) => {
      const { design, y } = problem(seed, d + more, d);
      const fitted = predict(design, leastSquares(design, y));
      const gradient = across(
        design,
        y.map((value, t) => value - fitted[t]),
      );
      assert.ok(largest(gradient) < 1e-9, `${largest(gradient)}`);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("with fewer items than dimensions it interpolates with the smallest norm: w lies in the rows' span", () => {
  const { design, y } = problem(7, 4, 9);
  const w = leastSquares(design, y);
  predict(design, w).forEach((value, t) => {
    assert.ok(Math.abs(value - y[t]) < 1e-10);
  });
  // w = X'(XX')⁻¹y: solve for the coefficients of the rows by least squares on X'.
  const transposed = new Float64Array(36);
  for (let t = 0; t < 4; t++)
    for (let j = 0; j < 9; j++) transposed[j * 4 + t] = design.x[t * 9 + j];
  const rows = { x: transposed, d: 4 };
  const back = predict(rows, leastSquares(rows, w));
  back.forEach((value, j) => {
    assert.ok(Math.abs(value - w[j]) < 1e-10);
  });
});

test("a repeated column splits its weight evenly (minimum norm at deficient rank)", () => {
  const { design, y } = problem(3, 12, 2);
  const doubled = new Float64Array(36);
  for (let t = 0; t < 12; t++)
    doubled.set([design.x[2 * t], design.x[2 * t + 1], design.x[2 * t]], 3 * t);
  const w = leastSquares(design, y);
  const split = leastSquares({ x: doubled, d: 3 }, y);
  [w[0] / 2, w[1], w[0] / 2].forEach((value, j) => {
    assert.ok(Math.abs(split[j] - value) < 1e-10);
  });
});

test("ridge solves (X'X/T + λ) w = X'y/T", () => {
  const { design, y } = problem(5, 20, 6);
  const lambda = 0.4;
  const w = ridge(design, y, lambda);
  const fitted = predict(design, w);
  const gradient = across(
    design,
    y.map((value, t) => value - fitted[t]),
  );
  const gap = gradient.map((value, j) => value / 20 - lambda * w[j]);
  assert.ok(largest(gap) < 1e-12);
});

test("X and y are left as they were", () => {
  const { design, y } = problem(9, 10, 3);
  const [x0, y0] = [design.x.slice(), y.slice()];
  leastSquares(design, y);
  ridge(design, y, 1);
  assert.deepEqual([design.x, y], [x0, y0]);
});
