import assert from "node:assert/strict";
import { test } from "node:test";
import { visitedLevels } from "../../../lib/models/geodiff/levels";
import type { SamplerOptions } from "../../../lib/models/geodiff/samplerOptions";
import {
  antitheticLevels,
  DRUGS_1000,
  DRUGS_5000,
  noiseSchedule,
  scheduleConfig,
} from "../../../lib/models/geodiff/schedule";
import { stepRule } from "../../../lib/models/geodiff/stepRules";
import { Stream } from "../../../lib/random/stream";

const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

test("The Drugs schedule goes from σ = 0.0022 to 12.17 Å, its ᾱ to 0.0067", () => {
  const { sigma, alphaBar, beta } = noiseSchedule(DRUGS_5000);
  near(sigma[0], 0.0022, 5e-5, "first σ");
  near(sigma[4999], 12.17, 5e-3, "last σ");
  near(alphaBar[4999], 0.0067, 5e-5, "last ᾱ");
  near(beta[0] + beta[4999], 2e-3 + 1e-7, 1e-12, "β at both ends of a sigmoid");
  near(sigma[4950], 11.58, 5e-3, "σ of the 50th level from the end");
  const below = sigma.findIndex((s) => s >= 0.5);
  near(below, 2012, 1, "levels below half an ångström");
  assert.ok(sigma.every((s, t) => t === 0 || s > sigma[t - 1]));
});

test("The schedule of 1,000 levels ends at 9.52 Å", () => {
  near(noiseSchedule(DRUGS_1000).sigma[999], 9.52, 5e-3, "last σ");
});

test("A schedule's config is refused where it makes no schedule", () => {
  for (const wrong of [{ steps: 1 }, { betaEnd: 1.5 }, { betaStart: 0 }, { extra: 1 }])
    assert.throws(() => scheduleConfig.parse({ ...DRUGS_1000, ...wrong }));
});

test("Levels of a batch are drawn in pairs t and T − 1 − t", () => {
  for (const molecules of [1, 2, 7, 32]) {
    const levels = antitheticLevels(5000, molecules, new Stream(["levels", molecules]));
    assert.equal(levels.length, molecules);
    const half = Math.floor(molecules / 2) + 1;
    for (let m = half; m < molecules; m++) assert.equal(levels[m], 4999 - levels[m - half]);
    assert.ok(levels.every((t) => t >= 0 && t < 5000));
  }
  const many = Array.from({ length: 400 }, (_, k) => [
    ...antitheticLevels(10, 5, new Stream(["k", k])),
  ]).flat();
  const mean = many.reduce((a, b) => a + b, 0) / many.length;
  near(mean, 4.5, 0.3, "mean level");
});

test("Chains visit the last levels, or levels spread over all from the first to the last", () => {
  assert.deepEqual([...visitedLevels(10, { steps: 3, pick: "last" })], [9, 8, 7]);
  assert.deepEqual([...visitedLevels(10, { steps: 4, pick: "even" })], [9, 6, 3, 0]);
  assert.deepEqual([...visitedLevels(10, { steps: 1, pick: "even" })], [9]);
  const all = visitedLevels(5000, { steps: 5000, pick: "even" });
  assert.deepEqual(all, visitedLevels(5000, { steps: 5000, pick: "last" }));
  assert.throws(
    () => visitedLevels(10, { steps: 11, pick: "last" }),
    /Sampling with 11 steps needs as many noise levels; the schedule has 10/,
  );
});

const schedule = noiseSchedule(DRUGS_5000);
const rule = (method: SamplerOptions["method"], t: number, next: number, eta = 1) =>
  stepRule(schedule, { method, stepScale: 1e-6, eta }, t, next);

test("A Langevin step is 0.01 σ² long and its noise √(2 · step)", () => {
  const { keep, force, noise } = rule("langevin", 4999, 4998);
  const sigma = schedule.sigma[4999];
  assert.equal(keep, 1);
  near(force, 0.01 * sigma, 1e-12, "force");
  near(noise, Math.sqrt(0.02) * sigma, 1e-12, "noise");
});

test("A DDPM step, between neighbours and over a stride, keeps the posterior's mean and variance", () => {
  // With the exact ε, x = √ᾱ x₀ + √(1−ᾱ) ε is taken to the mean of q(x_next | x_t, x₀).
  for (const [t, next] of [
    [3000, 2999],
    [3000, 2900],
    [102, 0],
  ]) {
    const [x0, epsilon] = [0.7, -1.3];
    const [now, after] = [schedule.alphaBar[t], schedule.alphaBar[next]];
    const x = Math.sqrt(now) * x0 + Math.sqrt(1 - now) * epsilon;
    const { keep, force, noise } = rule("ddpm", t, next);
    const alpha = now / after;
    const mean =
      (Math.sqrt(after) * (1 - alpha) * x0 + Math.sqrt(alpha) * (1 - after) * x) / (1 - now);
    near(keep * x - force * epsilon, mean, 1e-9, "mean");
    near(noise, Math.sqrt(1 - alpha), 1e-9, "noise");
  }
  assert.equal(rule("ddpm", 0, -1).noise, 0);
});

test("GeoDiff's generalized step is never longer or noisier than its Langevin step", () => {
  for (const t of [1, 100, 2500, 4999]) {
    const [ours, langevin] = [rule("generalized", t, t - 1), rule("langevin", t, t - 1)];
    assert.ok(ours.force <= langevin.force && ours.noise <= langevin.noise);
  }
  assert.equal(rule("generalized", 2500, 2400, 0).noise, 0);
});
