import assert from "node:assert/strict";
import { test } from "node:test";
import { LearningRate, type Schedule, scheduleConfig } from "../../lib/training/schedule";

const LENGTH = { steps: 100, stepsPerEpoch: 10 };
const rateOf = (schedule: Schedule) => new LearningRate(0.5, schedule, LENGTH);

function near(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, k) => {
    assert.ok(Math.abs(value - expected[k]) < 1e-12, `${k}: ${value}, expected ${expected[k]}`);
  });
}

test("A constant rate stays as it is, whatever the losses", () => {
  const rate = rateOf({ kind: "constant" });
  rate.observe(0, 1e9);
  assert.deepEqual([rate.at(0), rate.at(1), rate.at(99)], [0.5, 0.5, 0.5]);
});

test("A linear rate falls from the first to 0 after the last step, whatever the losses", () => {
  const rate = rateOf({ kind: "linear" });
  const seen = [0, 25, 99].map((step) => {
    rate.observe(step, 1e9);
    return rate.at(step);
  });
  near(seen, [0.5, 0.375, 0.005]);
});

test("With decaySteps a linear rate is that of a run of that length, and 0 from its end on", () => {
  const rate = rateOf({ kind: "linear", decaySteps: 10 });
  near(
    [0, 5, 10, 50].map((step) => rate.at(step)),
    [0.5, 0.25, 0, 0],
  );
});

test("An exponential rate is multiplied by gamma after each epoch, whatever the losses", () => {
  const rate = rateOf({ kind: "exponential", gamma: 0.9 });
  rate.observe(0, 1e9);
  near(
    [0, 9, 10, 19, 20, 99].map((step) => rate.at(step)),
    [0.5, 0.5, 0.45, 0.45, 0.405, 0.5 * 0.9 ** 9],
  );
});

test("A plateau: after more than `patience` windows without a better mean the rate is cut; a better one resets", () => {
  const rate = rateOf({ kind: "plateau", every: 2, factor: 0.1, patience: 1 });
  // Means of windows of two steps; PyTorch's ReduceLROnPlateau cuts when bad windows exceed patience.
  const means = [10, 11, 9, 9.5, 9.6, 9.4, 9.3, 8];
  const rates = means.map((mean, window) => {
    for (const [k, offset] of [-1, 1].entries()) rate.observe(2 * window + k, mean + offset);
    return rate.at(2 * window + 2);
  });
  near(rates, [0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.005, 0.005]);
});

test("A rate that is resumed in the middle of a window goes on as if nothing had happened", () => {
  const plateau: Schedule = { kind: "plateau", every: 3, factor: 0.5, patience: 0 };
  const losses = [5, 4, 6, 7, 7, 7, 1, 2, 1, 9, 9, 9];
  const whole = rateOf(plateau);
  const rates = losses.map((loss, step) => {
    whole.observe(step, loss);
    return whole.at(step + 1);
  });
  for (let cut = 0; cut < losses.length; cut++) {
    const before = rateOf(plateau);
    losses.slice(0, cut).forEach((loss, step) => {
      before.observe(step, loss);
    });
    const after = new LearningRate(0.5, plateau, LENGTH, before.state());
    losses.slice(cut).forEach((loss, k) => {
      after.observe(cut + k, loss);
      assert.equal(after.at(cut + k + 1), rates[cut + k]);
    });
  }
  assert.deepEqual(new Set(rates), new Set([0.5, 0.25, 0.125]));
});

test("A schedule in a config: unknown kinds and keys of another kind are refused", () => {
  assert.deepEqual(scheduleConfig.parse({ kind: "plateau" }), {
    ...{ kind: "plateau", every: 5000, factor: 0.6, patience: 10 },
  });
  for (const bad of [
    { kind: "cosine" },
    { kind: "constant", factor: 0.5 },
    { kind: "linear", decaySteps: 0 },
    { kind: "exponential" },
    { kind: "exponential", gamma: 1.1 },
  ])
    assert.equal(scheduleConfig.safeParse(bad).success, false, JSON.stringify(bad));
});
