import { test } from "node:test";
import { leastSquares, predict, ridge } from "../../../lib/models/linear/leastSquares";
import { Stream } from "../../../lib/random/stream";
import { generalRidgeError, ridgeError } from "../../../lib/theory/index";
import { assertMean } from "./support";

const [d, T, T0, n] = [30, 100, 90, 4];
const sigma2 = 0.25;
const lambda = 0.3;

/** Literal: n − 1 rounds of relabelling by least squares on X₀, then ridge on a new X. */
function chain(stream: Stream, s: readonly number[], w: readonly number[]): number {
  const rows = (count: number) => {
    const x = stream.normals(new Float64Array(count * d));
    return { x: x.map((value, i) => value * Math.sqrt(s[i % d])), d };
  };
  const noisy = (y: Float64Array) => y.map((value) => value + Math.sqrt(sigma2) * stream.normal());
  const x0 = rows(T0);
  let generator: Float64Array = Float64Array.from(w);
  for (let k = 1; k < n; k++) generator = leastSquares(x0, noisy(predict(x0, generator)));
  const x = rows(T);
  const fitted = ridge(x, noisy(predict(x, generator)), lambda);
  return fitted.reduce((sum, value, j) => sum + s[j] * (value - w[j]) ** 2, 0);
}

// The formulas are limits for large d and T; at d = 30 they are off by about d⁻¹ of the noise part.
const SLACK = 0.03;

test("ridge after n − 1 rounds, isotropic: simulated mean within 3 s.e. + 3 % of the limit formula", () => {
  const s = new Array(d).fill(1);
  const w = s.map(() => 1 / Math.sqrt(d));
  const values = Array.from({ length: 400 }, (_, i) => chain(new Stream(["ridge", i]), s, w));
  const expected = ridgeError({ d, T, T0, sigma2, lambda, truth2: 1, n });
  assertMean(values, expected, "isotropic", 3, SLACK);
});

test("ridge after n − 1 rounds, power-law covariance: within 3 s.e. + 3 % of eq. 23", () => {
  const s = Array.from({ length: d }, (_, j) => (j + 1) ** -1);
  const w = s.map((_, j) => (j % 3 === 0 ? 0.5 : -0.2));
  const values = Array.from({ length: 400 }, (_, i) => chain(new Stream(["power", i]), s, w));
  const expected = generalRidgeError({ s, w, T, T0, sigma2, lambda, n });
  assertMean(values, expected, "power law", 3, SLACK);
});
