import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Claim, Verdict } from "../../lib/claims/claim";
import { claimJson, claimLines, requireClaims, short } from "../../lib/claims/print";
import { claimRows } from "../../lib/claims/rows";
import { threshold } from "../../lib/claims/threshold";
import { type Summary, summarise } from "../../lib/metrics/statistics";

const PARTS = { id: "a.b", statement: "§1: it rises", published: 1.25, runs: ["x", "y"] };

function interval(low: number | null, high: number | null): Summary {
  return { n: 3, mean: 1, sd: 0, se: 0, low, high };
}

test("above 1: holds if the whole interval is above, fails if it is below, else undecided", () => {
  const table: [number | null, number | null, Verdict, Verdict][] = [
    // low, high, above 1, below 1
    [1.1, 1.3, "holds", "fails"],
    [0.7, 0.9, "fails", "holds"],
    [0.9, 1.1, "undecided", "undecided"],
    [1, 1.2, "undecided", "undecided"],
    [0.8, 1, "undecided", "undecided"],
    [1, 1, "undecided", "undecided"],
    [null, null, "undecided", "undecided"],
  ];
  for (const [low, high, above, below] of table) {
    const summary = interval(low, high);
    assert.equal(threshold({ ...PARTS, summary, above: 1 }).verdict, above, `${low} … ${high}`);
    assert.equal(threshold({ ...PARTS, summary, below: 1 }).verdict, below, `${low} … ${high}`);
  }
});

test("one value has an estimate and no interval; no values have neither; both are undecided", () => {
  const one = threshold({ ...PARTS, summary: summarise([7]), above: 1 });
  assert.deepEqual(one, {
    ...PARTS,
    estimate: 7,
    low: Number.NaN,
    high: Number.NaN,
    degreesOfFreedom: undefined,
    threshold: 1,
    side: "above",
    verdict: "undecided",
  });
  const none = threshold({ ...PARTS, summary: undefined, above: 1 });
  assert.deepEqual([none.estimate, none.verdict, none.side], [Number.NaN, "undecided", undefined]);
});

test("a claim above a value and the claim below it never hold together, and fail only in turn", () => {
  const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: -10, max: 10, noNaN: true }), (sample, value) => {
      const summary = summarise(sample);
      const above = threshold({ ...PARTS, summary, above: value }).verdict;
      const below = threshold({ ...PARTS, summary, below: value }).verdict;
      const opposite = { holds: "fails", fails: "holds", undecided: "undecided" };
      assert.equal(below, opposite[above]);
    }),
  );
});

const HOLDS: Claim = threshold({ ...PARTS, summary: summarise([1.1, 1.2, 1.3]), above: 0.9 });
const UNKNOWN: Claim = threshold({ ...PARTS, id: "c.d", summary: summarise([7]), above: 1 });
const FAILS: Claim = { ...HOLDS, id: "e.f", verdict: "fails", published: undefined };

test("claims as rows: numbers that are not there are null", () => {
  const [holds, unknown] = claimRows([HOLDS, UNKNOWN]);
  // 1.2 ± t(2)·0.1/√3
  const half = (4.302652729911275 * 0.1) / Math.sqrt(3);
  assert.equal(holds.statement, PARTS.statement);
  assert.equal(holds.published, 1.25);
  assert.equal(holds.verdict, "holds");
  assert.ok(Math.abs(Number(holds.low) - (1.2 - half)) < 1e-9);
  assert.ok(Math.abs(Number(holds.high) - (1.2 + half)) < 1e-9);
  assert.equal(holds["d.f."], 2);
  assert.deepEqual([unknown.estimate, unknown.low, unknown.high], [7, null, null]);
  assert.equal(unknown.verdict, "undecided (above 1)");
});

test("printed for people: verdict, statement, estimate, interval, published value, name", () => {
  assert.deepEqual(claimLines([HOLDS, UNKNOWN, { ...FAILS, estimate: Number.NaN }]), [
    "holds     §1: it rises\n          1.2 [0.9516, 1.448], 2 d.f., published 1.25  (a.b)",
    "undecided §1: it rises\n          7 (above 1), published 1.25  (c.d)",
    "fails     §1: it rises\n          – [0.9516, 1.448], 2 d.f.  (e.f)",
  ]);
});

test("printed for machines: exactly the agreed keys, null where there is no number", () => {
  const extra = { ...UNKNOWN, note: "of no concern" };
  assert.equal(
    claimJson(extra),
    '{"id":"c.d","statement":"§1: it rises","estimate":7,"low":null,"high":null,' +
      '"degreesOfFreedom":null,"comparisons":1,"threshold":1,"side":"above","published":1.25,' +
      '"verdict":"undecided","runs":["x","y"]}',
  );
});

test("failing claims are an error that counts and names them; undecided ones are not", () => {
  requireClaims([HOLDS, UNKNOWN]);
  requireClaims([]);
  assert.throws(() => requireClaims([HOLDS, FAILS, { ...FAILS, id: "g.h" }]), {
    name: "UserError",
    message: "2 of 3 claims fail: e.f, g.h.",
  });
});

test("short: four significant digits, a dash where there is no number", () => {
  assert.deepEqual([0.000123456, 12345.6, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map(short), [
    "0.0001235",
    "12350",
    "1.5",
    "–",
    "–",
  ]);
});
