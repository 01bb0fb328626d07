import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { adjustableGaussian } from "../../../lib/experiments/toy/adjustable";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import { gaussianReplaceVariance, gaussianShareVariance } from "../../../lib/theory/index";

interface Slider {
  readonly active: number;
  readonly steps: { label: string; args: [{ y: number[][] }] }[];
}
const start = { items: 20, realShare: 0.1, iterations: 8 };

test("each step shows the closed forms at its own items and real share; the drawing starts at the given ones", () => {
  const figure = adjustableGaussian(start);
  const [items, shares] = (figure.layout as unknown as { sliders: Slider[] }).sliders;
  for (const { label, args } of items.steps) {
    const last = gaussianReplaceVariance({ T: Number(label), sigma2: 1, n: 8 });
    assert.ok(Math.abs(args[0].y[0][7] - last) < 1e-12);
  }
  for (const { label, args } of shares.steps) {
    const real = Math.round(20 * Number(label));
    assert.equal(args[0].y[1][7], gaussianShareVariance({ T: 20, sigma2: 1, n: 8, real }));
  }
  const drawn = figure.data.map((trace) => (trace as unknown as { y: number[] }).y);
  for (const { active, steps } of [items, shares]) assert.deepEqual(steps[active].args[0].y, drawn);
});

test("Plotly draws it, also from numbers that are no usual step; impossible ones are refused", () => {
  for (const change of [{}, { items: 7, realShare: 0.33 }, { items: 2 }])
    validate(withCaption(adjustableGaussian({ ...start, ...change })));
  for (const change of [{ items: 1 }, { items: 2.5 }, { realShare: 0 }, { realShare: 2 }])
    assert.throws(() => adjustableGaussian({ ...start, ...change }), UserError);
});
