import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsOf, type TrainingConfig } from "../../../lib/experiments/molecules/config";
import { Rate } from "../../../lib/experiments/molecules/rate";
import { config } from "./support";

const training = (changes: object): TrainingConfig =>
  config({ training: { steps: 100, batch: 4, learningRate: 0.5, ...changes } }).training;

test("A linear rate falls from the first to 0 after the last step, whatever the losses", () => {
  const rate = new Rate(training({ decay: { kind: "linear" } }), 100);
  const seen = [0, 25, 99].map((step) => {
    rate.note(step, 1e9);
    return rate.at(step);
  });
  for (const [k, expected] of [0.5, 0.375, 0.005].entries())
    assert.ok(Math.abs(seen[k] - expected) < 1e-12, `${seen[k]}`);
});

test("Steps of a fit: as told, or so many passes of whole batches, one at least", () => {
  assert.equal(stepsOf(training({}), 1000), 100);
  assert.equal(stepsOf(training({ epochs: 3 }), 42), 3 * 10);
  assert.equal(stepsOf(training({ epochs: 3 }), 3 * 42), 3 * 31);
  assert.equal(stepsOf(training({ epochs: 0.25 }), 10), 1);
  assert.equal(stepsOf(training({ epochs: 5 }), 3), 5);
});

test("A plateau: after more than `patience` windows without a better mean the rate is cut; a better one resets", () => {
  const rate = new Rate(
    training({ decay: { kind: "plateau", every: 2, factor: 0.1, patience: 1 } }),
    100,
  );
  // Means of windows of two steps; PyTorch's ReduceLROnPlateau cuts when bad windows exceed patience.
  const means = [10, 11, 9, 9.5, 9.6, 9.4, 9.3, 8];
  const rates = means.map((mean, window) => {
    for (const [k, offset] of [-1, 1].entries()) rate.note(2 * window + k, mean + offset);
    return rate.at(2 * window + 2);
  });
  const expected = [0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.005, 0.005];
  rates.forEach((value, k) => {
    assert.ok(Math.abs(value - expected[k]) < 1e-12, `window ${k}: ${value}`);
  });
});

test("A rate that is resumed in the middle of a window goes on as if nothing had happened", () => {
  const plateau = training({ decay: { kind: "plateau", every: 3, factor: 0.5, patience: 0 } });
  const losses = [5, 4, 6, 7, 7, 7, 1, 2, 1, 9, 9, 9];
  const whole = new Rate(plateau, 100);
  const rates = losses.map((loss, step) => {
    whole.note(step, loss);
    return whole.at(step + 1);
  });
  for (let cut = 0; cut < losses.length; cut++) {
    const before = new Rate(plateau, 100);
    losses.slice(0, cut).forEach((loss, step) => {
      before.note(step, loss);
    });
    const after = new Rate(plateau, 100, before.state());
    losses.slice(cut).forEach((loss, k) => {
      after.note(cut + k, loss);
      assert.equal(after.at(cut + k + 1), rates[cut + k]);
    });
  }
  assert.deepEqual(new Set(rates), new Set([0.5, 0.25, 0.125]));
});
