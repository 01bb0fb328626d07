import assert from "node:assert/strict";
import { test } from "node:test";
import {
  agreement,
  average,
  largestAllowed,
  largestScore,
  notAbove,
} from "../../lib/claims/agreement";
import { compare } from "../../lib/claims/compare";
import { everyStep, smallestStep } from "../../lib/claims/everyStep";
import { Measured } from "../../lib/claims/measured";
import { summarise } from "../../lib/metrics/statistics";

/** Loss 10 + seed at iteration 0; replace adds 2 per iteration and seed 1 another one at the end. */
const ROWS = ["replace", "accumulate"].flatMap((regime) =>
  [0, 1, 2].flatMap((seed) =>
    [0, 1, 2].map((iteration) => ({
      ...{ kind: "metrics", variant: "main", regime, seed, iteration },
      loss:
        10 +
        seed +
        (regime === "replace" ? 2 * iteration + (seed === 1 && iteration === 2 ? 1 : 0) : 0),
      run: `${regime}-${seed}-${iteration}`,
    })),
  ),
);
const measured = new Measured([
  ...ROWS,
  { kind: "sample", variant: "main", regime: "replace", seed: 9, iteration: 9, loss: 99 },
]);
const at = (regime: string, iteration: number) => ({ variant: "main", regime, iteration });
const head = { id: "a.b", statement: "it rises", measured, metric: "loss" } as const;

test("Measured: rows of kind metrics alone; what was not run is NaN, 0 or nothing", () => {
  assert.equal(measured.value(at("replace", 2), 1, "loss"), 16);
  assert.equal(measured.value(at("replace", 3), 1, "loss"), Number.NaN);
  assert.equal(measured.value(at("replace", 2), 9, "loss"), Number.NaN);
  assert.equal(measured.value(at("replace", 2), 1, "kl"), Number.NaN);
  assert.deepEqual([measured.last("main", "replace"), measured.last("main", "growing")], [2, 0]);
  assert.deepEqual(
    measured.runs("main", "replace", 1),
    [0, 1, 2].map((s) => `replace-${s}-1`),
  );
  assert.deepEqual([measured.has("loss"), measured.has("kl")], [true, false]);
  assert.equal(
    measured.overSeeds(() => Number.NaN),
    undefined,
  );
});

test("compare: each seed's own ratio or difference, its runs, the published values combined alike", () => {
  const growth = compare({
    ...head,
    ...{ of: at("replace", 2), to: at("replace", 0), by: "ratio", above: 1 },
    published: ({ iteration }) => [5, 6, 8][iteration],
  });
  const expected = summarise([14 / 10, 16 / 11, 16 / 12]);
  assert.equal(growth.estimate, expected.mean);
  assert.deepEqual([growth.low, growth.high], [expected.low, expected.high]);
  assert.deepEqual([growth.verdict, growth.degreesOfFreedom], ["holds", 2]);
  assert.equal(growth.published, 8 / 5);
  assert.deepEqual(growth.runs, ["replace-0-2", "replace-1-2", "replace-2-2"]);

  const between = compare({
    ...head,
    ...{ of: at("accumulate", 2), to: at("replace", 2), by: "difference", below: -5 },
    published: ({ regime }) => (regime === "replace" ? 3 : undefined),
  });
  assert.equal(between.estimate, summarise([-4, -5, -4]).mean);
  assert.equal(between.published, undefined);
  assert.deepEqual([between.verdict, between.side], ["undecided", "above"]);
  assert.equal(between.runs.length, 6);
});

test("every step: the smallest of each seed, by ratio or difference; a gap leaves the seed out", () => {
  const steps = { first: 0, last: 2, variant: "main", regime: "replace" } as const;
  const claim = everyStep({ ...head, ...steps, by: "difference", above: 0 });
  assert.deepEqual([claim.estimate, claim.low, claim.high], [2, 2, 2]);
  assert.equal(claim.verdict, "holds");
  const ratio = everyStep({ ...head, ...steps, by: "ratio", above: 1, published: () => 7 });
  assert.equal(ratio.estimate, summarise([14 / 12, 13 / 11, 16 / 14]).mean);
  assert.equal(ratio.published, 1);
  const gap = everyStep({ ...head, ...steps, last: 3, by: "ratio", above: 1 });
  assert.deepEqual([gap.estimate, gap.verdict], [Number.NaN, "undecided"]);
  assert.equal(
    smallestStep("difference", 1, 3, (n) => [0, 5, 9, 11][n]),
    2,
  );
});

const HEAD = { id: "a.c", statement: "it agrees", runs: ["r"] };

test("agreement within 3 standard errors: holds, fails, and is undecided with fewer than 30 chains", () => {
  const judge = (mean: number, n: number) =>
    agreement({ ...HEAD, expected: 1, estimate: { mean, se: 0.1, n } });
  assert.equal(judge(1.29, 100).verdict, "holds");
  assert.equal(judge(1.31, 100).verdict, "fails");
  assert.equal(judge(0.69, 100).verdict, "fails");
  const few = judge(1.31, 29);
  assert.deepEqual([few.verdict, few.side, few.published], ["undecided", "above", 1]);
  const none = agreement({ ...HEAD, expected: 1, estimate: undefined });
  assert.deepEqual([none.verdict, none.estimate, none.side], ["undecided", Number.NaN, undefined]);
  const bounded = (mean: number) =>
    notAbove({ ...HEAD, bound: 1, estimate: { mean, se: 0.1, n: 50 } }).verdict;
  assert.deepEqual([0.2, 1.29, 1.31].map(bounded), ["holds", "holds", "fails"]);
  // Two-sided 95 % of Student's t with 99 degrees of freedom.
  const { low, high, degreesOfFreedom } = judge(1, 100);
  assert.ok(Math.abs(high - 1 - 0.1984217) < 1e-6 && Math.abs(1 - low - 0.1984217) < 1e-6);
  assert.equal(degreesOfFreedom, 99);
});

test("the largest of many scores is judged by Bonferroni's bound and says of how many", () => {
  // Normal quantiles: 1.95996 for one comparison; 1 − 0.05/20 two-sided is 3.02334.
  assert.ok(Math.abs(largestAllowed(1) - 1.95996) < 1e-3);
  assert.ok(Math.abs(largestAllowed(20) - 3.02334) < 2e-3);
  const scores = Array<number>(20).fill(1);
  const claim = largestScore({ ...HEAD, scores: [...scores.slice(1), 3] });
  assert.deepEqual([claim.verdict, claim.comparisons, claim.estimate], ["holds", 20, 3]);
  assert.equal(largestScore({ ...HEAD, scores: [3] }).verdict, "fails");
  assert.equal(largestScore({ ...HEAD, scores: [] }).verdict, "undecided");
});

test("average: equal weights, errors add in squares, degrees of freedom after Welch–Satterthwaite", () => {
  const both = average([
    { mean: 1, se: 0.3, n: 11 },
    { mean: 3, se: 0.4, n: 21 },
  ]);
  assert.ok(both);
  assert.deepEqual([both.mean, both.n], [2, 32]);
  assert.ok(Math.abs(both.se - 0.25) < 1e-15);
  // (0.09 + 0.16)² / (0.09²/10 + 0.16²/20) = 29.9…
  assert.equal(both.degreesOfFreedom, 29);
  assert.equal(average([]), undefined);
});
