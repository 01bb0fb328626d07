import assert from "node:assert/strict";
import { test } from "node:test";
import * as theory from "../../lib/theory/index";

test("Gaussian limits under Accumulate are 0.8434, 0.9494, 0.9836, 0.9948, 0.9984 for T = 10 … 1000", () => {
  const limits = [10, 32, 100, 316, 1000].map((T) =>
    theory.gaussianAccumulateLimit({ T, sigma2: 1 }),
  );
  const expected = [0.8434, 0.9494, 0.9836, 0.9948, 0.9984];
  expected.forEach((value, i) => {
    assert.ok(Math.abs(limits[i] - value) < 5e-5, `${limits[i]}`);
  });
});

test("the product tends to its limit, and variance plus drift stay σ₀²", () => {
  const far = theory.gaussianAccumulateVariance({ T: 10, sigma2: 2, n: 5000 });
  assert.ok(Math.abs(far - theory.gaussianAccumulateLimit({ T: 10, sigma2: 2 })) < 1e-4);
  for (const n of [1, 2, 30]) {
    const at = { T: 10, sigma2: 2, n };
    for (const [variance, drift] of [
      [theory.gaussianReplaceVariance, theory.gaussianReplaceDrift],
      [theory.gaussianAccumulateVariance, theory.gaussianAccumulateDrift],
    ])
      assert.ok(Math.abs(variance(at) + drift(at) - 2) < 1e-12);
  }
});

test("the variance of one maximum-likelihood fit is σ₀² (T − 1)/T in both regimes", () => {
  assert.equal(theory.gaussianReplaceVariance({ T: 4, sigma2: 1, n: 1 }), 0.75);
  assert.equal(theory.gaussianAccumulateVariance({ T: 4, sigma2: 1, n: 1 }), 0.75);
});
