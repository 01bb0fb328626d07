import assert from "node:assert/strict";
import { test } from "node:test";
import * as theory from "../../lib/theory/index";

const setting = { d: 60, T: 200, T0: 180, sigma2: 0.25, lambda: 0.3, truth2: 1 };

test("ridge after 5 generator rounds is 0.4731 at d = 60, T = 200, T0 = 180, λ = 0.3, σ = 0.5", () => {
  const error = theory.ridgeError({ ...setting, n: 6 });
  assert.ok(Math.abs(error - 0.4731) < 5e-5, `${error}`);
});

test("the effective ridge solves κ − λ = κ φ/(1 + κ)", () => {
  for (const phi of [0.1, 0.9, 1.7])
    for (const lambda of [0.01, 0.3, 5]) {
      const kappa = theory.effectiveRidge({ lambda, phi });
      assert.ok(kappa > 0);
      assert.ok(Math.abs(kappa - lambda - (kappa * phi) / (1 + kappa)) < 1e-12 * (1 + kappa));
    }
});

test("λ = 0 is least squares: n v with T in place of T − 1", () => {
  const v = (0.25 * 60) / (200 - 60);
  const error = theory.ridgeError({ ...setting, T0: 200, lambda: 0, n: 7 });
  assert.ok(Math.abs(error - 7 * v) < 1e-12);
});

test("the general-covariance fixed point specialises to the isotropic formula", () => {
  const s = new Array(60).fill(1);
  const w = s.map((_, j) => (j === 0 ? 0.6 : j === 1 ? 0.8 : 0));
  for (const n of [1, 6]) {
    const general = theory.generalRidgeError({ ...setting, s, w, n });
    assert.ok(Math.abs(general - theory.ridgeError({ ...setting, n })) < 1e-12);
  }
});

test("the general fixed point satisfies its equation for a power-law spectrum, also at T < d", () => {
  const s = Array.from({ length: 50 }, (_, j) => (j + 1) ** -1.5);
  for (const T of [20, 400])
    for (const lambda of [1e-4, 0.1]) {
      const kappa = theory.effectiveRidgeGeneral(s, T, lambda);
      const df1 = s.reduce((sum, value) => sum + value / (value + kappa), 0);
      assert.ok(Math.abs(kappa - lambda - (kappa * df1) / T) < 1e-12, `T = ${T}, λ = ${lambda}`);
    }
});

test("over-parametrised: noise-free errors are ‖w*‖²(1 − T/d) with the same X, ‖w*‖²(1 − (T/d)^n) with fresh X", () => {
  const values = { d: 40, T: 10, n: 3, sigma2: 0, truth2: 2 };
  assert.ok(Math.abs(theory.overparametrisedFixed(values) - 1.5) < 1e-12);
  assert.ok(Math.abs(theory.overparametrisedFresh(values) - 2 * (1 - 1 / 64)) < 1e-12);
  const noisy = { ...values, sigma2: 1, truth2: 0 };
  assert.ok(Math.abs(theory.overparametrisedFixed(noisy) - 30 / 29) < 1e-12);
  assert.ok(
    Math.abs(theory.overparametrisedFresh(noisy) - (10 / 29) * (1 + 1 / 4 + 1 / 16)) < 1e-12,
  );
});

test("ridge in every fit, given X: one direction by its recursion, λ = 0 is n σ²/(T s), bias tends to ‖w*‖²", () => {
  const [s, T, sigma2, lambda] = [0.8, 30, 0.5, 0.3];
  const a = s / (s + lambda);
  let [kept, variance] = [1, 0];
  for (let n = 1; n <= 6; n++) {
    kept *= a;
    variance = a ** 2 * variance + (sigma2 * s) / (T * (s + lambda) ** 2);
    const error = theory.ridgeLoopError({ s: [s], w: [2], T, sigma2, lambda, n });
    assert.ok(Math.abs(error - (4 * (1 - kept) ** 2 + variance)) < 1e-12, `n = ${n}`);
  }
  const plain = theory.ridgeLoopError({ s: [s, 2], w: [1, 1], T, sigma2, lambda: 0, n: 5 });
  assert.ok(Math.abs(plain - ((5 * sigma2) / T) * (1 / s + 1 / 2)) < 1e-12);
  const late = theory.ridgeLoopError({ s: [s], w: [2], T, sigma2: 0, lambda, n: 400 });
  assert.ok(Math.abs(late - 4) < 1e-12);
});

test("a general covariance of 500 dimensions satisfies its fixed point, as df₁'s printed form says", () => {
  const s = Array.from({ length: 500 }, (_, j) => (j + 1) ** -1);
  const kappa = theory.effectiveRidgeGeneral(s, 800, 0.05);
  const df1 = theory.degreesOfFreedom1({ s, d: 500, kappa });
  assert.ok(Math.abs(kappa - 0.05 - (kappa * df1) / 800) < 1e-12);
  const w = s.map(() => 0.1);
  const at = { s, w, T: 800, T0: 900, sigma2: 1, lambda: 0.05 };
  assert.ok(theory.generalRidgeError({ ...at, n: 6 }) > theory.generalRidgeError({ ...at, n: 1 }));
});
