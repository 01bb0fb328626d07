import assert from "node:assert/strict";
import { test } from "node:test";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { LinearConfig } from "../../../lib/experiments/linear/config";
import { configOf } from "../../../lib/experiments/linear/config";
import { exactDraw, literalErrors } from "../../../lib/experiments/linear/simulation/index";
import {
  drawBidiagonal,
  squaredSolution,
} from "../../../lib/experiments/linear/simulation/spectrum";
import { realDesign, truth } from "../../../lib/experiments/linear/world";
import { summarise } from "../../../lib/metrics/statistics";
import type { Regime } from "../../../lib/pool/regime";
import {
  accumulate,
  accumulateSubsample,
  freshReal,
  growing,
  keepReal,
  replace,
  replaceMultiple,
} from "../../../lib/pool/regimes";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import * as theory from "../../../lib/theory/index";
import { assertMean } from "./support";

const one = { d: 4, T: 30, sigma2: 2 };
const fast = (chains: number, draw: (stream: Stream) => Float64Array, n: number): number[] =>
  Array.from({ length: chains }, (_, seed) => draw(new Stream(["moments", seed]))[n - 1]);

async function literal(
  chains: number,
  config: LinearConfig,
  regime: Regime,
  n: number,
): Promise<number[]> {
  const values: number[] = [];
  for (let seed = 0; seed < chains; seed++)
    values.push((await literalErrors(config, regime, n, Streams.ofSeed(seed)))[n - 1]);
  return values;
}

test("fixed X: means are n v, H_n v and v Σ 1/i², with other noise after round 1 too", () => {
  const n = 20;
  const condition = { ...one, sigmaLater2: 0.5 };
  const two = { d: 4, T: 30, n, sigmaReal2: 2, sigmaLater2: 0.5 };
  const forms = [
    [replace, theory.replaceTwoNoises],
    [replaceMultiple, theory.replaceMultipleTwoNoises],
    [accumulate, theory.accumulateTwoNoises],
  ] as const;
  for (const [regime, of] of forms)
    assertMean(
      fast(4000, (s) => exactDraw(regime, condition, n, s), n),
      of(two),
      regime.name,
    );
});

test("fresh X: means are n v, σ²d Σ 1/(kT−d−1) and σ²d Σ 1/(i(iT−d−1))", () => {
  const n = 10;
  const at = { ...one, n };
  const condition = { ...one, freshX: true };
  const forms = [
    [replace, theory.replaceError],
    [replaceMultiple, theory.replaceMultipleFreshError],
    [accumulate, theory.accumulateFreshError],
  ] as const;
  for (const [regime, of] of forms)
    assertMean(
      fast(4000, (s) => exactDraw(regime, condition, n, s), n),
      of(at),
      regime.name,
    );
});

test("fresh X, a pool growing 1.5-fold with two noises: the exact expected error", () => {
  const n = 6;
  const condition = { d: 3, T: 20, sigma2: 1, sigmaLater2: 4, freshX: true };
  const values = fast(4000, (s) => exactDraw(growing(1.5), condition, n, s), n);
  const expected = theory.expectedErrors(growing(1.5), condition, n)!.errors[n - 1];
  assertMean(values, expected, "growing 1.5-fold");
});

test("the spread over seeds is Fisher's: relative sd √(2(T−1)/(d(T−d−3)))", () => {
  for (const n of [1, 3]) {
    const values = fast(10000, (s) => exactDraw(accumulate, one, 3, s), n);
    const { mean, sd } = summarise(values);
    assert.ok(Math.abs((sd as number) / mean / theory.relativeSpread(one) - 1) < 0.05, `n = ${n}`);
  }
});

test("general covariance changes nothing: literal Replace with a spiked Σ still costs n v", async () => {
  const config = configOf(one, { covariance: [100, 1, 0.5, 0.01], testItems: 1 });
  const values = await literal(1500, config, replace, 3);
  assertMean(values, theory.replaceError({ ...one, n: 3 }), "spiked covariance");
});

test("Accumulate-Subsample at d/T = 0.01 is at v(p_n + 1 − 1/n), and above it at d/T = 0.2", () => {
  const n = 6;
  const small = { d: 2, T: 200, sigma2: 1 };
  const values = fast(1500, (s) => exactDraw(accumulateSubsample, small, n, s), n);
  assertMean(values, theory.subsampleError({ ...small, n }), "d/T = 0.01");
  const large = { d: 4, T: 20, sigma2: 1 };
  const { mean, se } = summarise(fast(1500, (s) => exactDraw(accumulateSubsample, large, n, s), n));
  assert.ok(mean - 3 * (se as number) > theory.subsampleError({ ...large, n }));
});

test("a pool that doubles every round: whole-block form against v Σ m_i/M_i²", () => {
  const n = 8;
  const values = fast(3000, (s) => exactDraw(growing(2), one, n, s), n);
  assertMean(values, theory.accumulateGrowingError({ ...one, n, g: 2 }), "growing 2x");
});

test("one chain's path is ‖B⁻¹a_n‖² with a_n moved by 1, 1/√n or 1/n of a noise vector", () => {
  const condition = { ...one, sigmaLater2: 0.3 };
  const steps = [
    [replace, () => 1],
    [replaceMultiple, (n: number) => 1 / Math.sqrt(n)],
    [accumulate, (n: number) => 1 / n],
  ] as const;
  for (const [regime, step] of steps) {
    const stream = new Stream(["w"]);
    const path = exactDraw(regime, condition, 6, stream);
    const b = drawBidiagonal(4, 30, stream.at("design"));
    const noise = stream.at("label-noise");
    const a = new Float64Array(4);
    path.forEach((value, i) => {
      const scale = Math.sqrt(i === 0 ? 2 : 0.3) * step(i + 1);
      for (let j = 0; j < 4; j++) a[j] += scale * noise.normal();
      assert.ok(Math.abs(value / squaredSolution(b, a) - 1) < 1e-11, regime.name);
    });
  }
});

test("kept real shares follow their leading-order form, fresh ones the exact one at T = 2d too", async () => {
  const [d, T, n, alpha] = [4, 200, 5, 0.25];
  const at = { d, T, sigma2: 1, n, alpha };
  const kept = await literal(
    600,
    configOf({ d, T, sigma2: 1 }, { testItems: 1 }),
    keepReal(alpha),
    n,
  );
  assertMean(kept, theory.keptRealError(at), "kept");
  for (const [items, share] of [
    [16, 0.25],
    [8, 0.5],
  ]) {
    const config = configOf({ d, T: 4 * items, sigma2: 1, freshX: true }, { testItems: 1 });
    const fresh = await literal(800, config, freshReal(share, items), n);
    const exact = theory.freshRealError({ d, T: items, sigma2: 1, n, alpha: share });
    assertMean(fresh, exact, `fresh, T = ${items}`);
  }
});

test("ridge in every fit on the same X: the loop's mean given X is the closed form's, not the limit's", async () => {
  const [d, T, n] = [6, 15, 6];
  const config = configOf({ d, T, sigma2: 1 }, { ridge: 0.3, testItems: 1 });
  const errors = await literal(400, config, replace, n);
  const expected = errors.map((_, seed) => givenDesign(config, seed, n));
  const differences = errors.map((error, seed) => error - expected[seed]);
  assertMean(differences, 0, "measured − expected given X and w*");
  assert.ok(expected.reduce((a, b) => a + b, 0) / 400 > 2.5, "the limit formula says 1.38");
});

/** The closed form for the X and w* of a seed. */
function givenDesign(config: LinearConfig, seed: number, n: number): number {
  const { d, trainItems: T, sigma2 } = config.data;
  const lambda = config.training.ridge;
  const streams = Streams.ofSeed(seed);
  const { x } = realDesign(config, streams);
  const rows = Matrix.from1DArray(T, d, x);
  const { realEigenvalues: s, eigenvectorMatrix } = new EigenvalueDecomposition(
    rows.transpose().mmul(rows).div(T),
  );
  const target = Matrix.columnVector(truth(config, streams));
  const w = eigenvectorMatrix.transpose().mmul(target).to1DArray();
  return theory.ridgeLoopError({ s, w, T, sigma2, lambda, n });
}

test("T < d: literal minimum-norm Replace loses ‖w*‖²(1 − T/d) once with the same X, (T/d)^n with fresh X", async () => {
  const [d, T, n] = [12, 4, 3];
  const setting = { d, T, sigma2: 0.1, n, truth2: d }; // E‖w*‖² = d for w* ~ N(0, I)
  const condition = { d, T, sigma2: 0.1 };
  const same = await literal(800, configOf(condition, { testItems: 1 }), replace, n);
  assertMean(same, theory.overparametrisedFixed(setting), "same X");
  const fresh = await literal(
    800,
    configOf({ ...condition, freshX: true }, { testItems: 1 }),
    replace,
    n,
  );
  assertMean(fresh, theory.overparametrisedFresh(setting), "fresh X");
});
