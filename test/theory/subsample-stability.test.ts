import assert from "node:assert/strict";
import { test } from "node:test";
import { exactDraw } from "../../lib/experiments/linear/simulation/index";
import { median } from "../../lib/metrics/median";
import { accumulateSubsample } from "../../lib/pool/regimes";
import { Stream } from "../../lib/random/stream";
import { subsampleGain, subsampleThreshold, undrawnShare } from "../../lib/theory/index";

test("the share of undrawn rows is 1/e and E[1/(1 + c)] is 1 − 1/e", () => {
  // E[1/(1+c)] for c ~ Poisson(1) is 1 − 1/e; g → ∞ leaves P(c = 0) = 1/e.
  assert.ok(Math.abs(undrawnShare({ g: 1 }) - (1 - Math.exp(-1))) < 1e-12);
  assert.ok(Math.abs(undrawnShare({ g: 1e9 }) - Math.exp(-1)) < 1e-8);
});

test("the gain is small for many items per dimension and passes 1 at d/T = 0.4503", () => {
  assert.ok(Math.abs(subsampleGain(0.01) - 0.01) < 5e-4);
  assert.ok(Math.abs(subsampleThreshold() - 0.4503) < 5e-4, `${subsampleThreshold()}`);
  assert.throws(() => subsampleGain(0.7), /between 0 and 1 − 1\/e/);
});

test("simulated errors keep growing above that d/T and level off below it", () => {
  const growth = (T: number): number => {
    const ratios = Array.from({ length: 12 }, (_, seed) => {
      const stream = new Stream(["stability", T, seed]);
      const path = exactDraw(accumulateSubsample, { d: 40, T, sigma2: 1 }, 240, stream);
      return median(path.subarray(200, 240)) / median(path.subarray(20, 40));
    });
    return median(ratios);
  };
  assert.ok(growth(76) > 2.5); // d/T = 0.53
  assert.ok(growth(120) < 1.4); // d/T = 0.33
});
