import assert from "node:assert/strict";
import { test } from "node:test";
import { summarise } from "../../lib/metrics/statistics";
import { Stream } from "../../lib/random/stream";
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

test("fresh real items: m = 0 is Replace, m = T is one fit, between them a simulation agrees", () => {
  for (const n of [1, 2, 5, 12]) {
    const at = { T: 20, sigma2: 2, n };
    const replace = theory.gaussianReplaceVariance(at);
    assert.ok(Math.abs(theory.gaussianShareVariance({ ...at, real: 0 }) - replace) < 1e-12);
    assert.ok(Math.abs(theory.gaussianShareVariance({ ...at, real: 20 }) - 1.9) < 1e-12);
  }
  const stream = new Stream(["gaussian-share"]);
  for (const real of [2, 6]) {
    const found = Array.from({ length: 4000 }, () => {
      let [mean, sd] = [0, 1];
      for (let n = 1; n <= 6; n++) {
        const values = Array.from({ length: 12 }, (_, i) =>
          n === 1 || i < real ? stream.normal() : mean + sd * stream.normal(),
        );
        mean = values.reduce((a, b) => a + b) / 12;
        sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 12);
      }
      return sd ** 2;
    });
    const { mean, se } = summarise(found);
    const expected = theory.gaussianShareVariance({ T: 12, sigma2: 1, n: 6, real });
    assert.ok(Math.abs(mean - expected) < 4 * se!, `${mean} ± ${se}, expected ${expected}`);
  }
  assert.throws(
    () => theory.gaussianShareVariance({ T: 5, sigma2: 1, n: 2, real: 6 }),
    /real \(6\) cannot exceed T = 5/,
  );
});
