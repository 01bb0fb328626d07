import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import { groupBy, summarise, summariseBy } from "../../lib/metrics/statistics";
import { centralProbability, studentFactor } from "../../lib/metrics/student";

function near(actual: number | null, expected: number, tolerance: number) {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );
}

test("Student's 95 % factor equals reference values to 1e-10", () => {
  // 1 and 2 degrees have closed forms: tan(0.95 π/2) and √(2 p²/(1 − p²)).
  near(studentFactor(1), Math.tan((0.95 * Math.PI) / 2), 1e-13);
  near(studentFactor(2), Math.sqrt((2 * 0.95 ** 2) / (1 - 0.95 ** 2)), 1e-13);
  // The others from the regularised incomplete beta function with 40 digits (mpmath).
  for (const [df, t] of REFERENCE) near(studentFactor(df), t, 1e-10);
});

test("Student's factor tends to the normal quantile and inverts its own distribution", () => {
  near(studentFactor(1_000_000), 1.9599663568141, 1e-10);
  for (const df of [1, 2, 3, 7, 30, 101])
    for (const p of [0.5, 0.9, 0.99]) near(centralProbability(studentFactor(df, p), df), p, 1e-14);
});

test("mean, sd, s.e. and 95 % interval of 2 4 4 4 5 5 7 9 equal the hand-computed ones", () => {
  const s = summarise([2, 4, 4, 4, 5, 5, 7, 9]);
  assert.equal(s.n, 8);
  assert.equal(s.mean, 5);
  near(s.sd, Math.sqrt(32 / 7), 1e-15);
  near(s.se, Math.sqrt(32 / 56), 1e-15);
  near(s.low, 5 - 2.364624251592785 * Math.sqrt(32 / 56), 1e-12);
  near(s.high, 5 + 2.364624251592785 * Math.sqrt(32 / 56), 1e-12);
});

test("a huge common offset changes neither sd nor s.e.", () => {
  const base = [0.25, 1.5, -2, 4.75, 3];
  const plain = summarise(base);
  for (const offset of [2 ** 30, -(2 ** 44), 2 ** 48]) {
    const moved = summarise(base.map((v) => v + offset));
    assert.equal(moved.sd, plain.sd);
    near(moved.mean, offset + plain.mean, 1e-16);
  }
});

test("cancelling summands of very different size leave the exact mean", () => {
  assert.equal(summarise([1, 1e100, 1, -1e100]).mean, 0.5);
});

test("the mean of n equal values is that value and their interval has no width", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 50 }),
      (v, n) => {
        const s = summarise(new Float64Array(n).fill(v));
        near(s.mean, v, 1e-15);
        near(s.sd, 0, 1e-9);
      },
    ),
  );
});

test("adding a and multiplying by b moves mean and interval by a and scales them by b", () => {
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 2 }), value, value, (values, a, b) => {
      const s = summarise(values);
      const t = summarise(values.map((v) => a + b * v));
      near(t.mean, a + b * s.mean, 1e-9);
      near(t.sd, Math.abs(b) * s.sd!, 1e-6);
    }),
  );
});

test("one value has a mean and no spread; none and non-finite ones are refused by name", () => {
  assert.deepEqual(summarise([3]), { n: 1, mean: 3, sd: null, se: null, low: null, high: null });
  assert.throws(() => summarise([]), UserError);
  assert.throws(
    () => summarise([1, Number.NaN], "loss of seed 2"),
    /loss of seed 2.*2 of 2 is NaN/,
  );
  assert.throws(() => summarise([Number.POSITIVE_INFINITY]), UserError);
});

const rows = [
  { regime: "replace", iteration: 1, seed: 0, loss: 1 },
  { regime: "replace", iteration: 1, seed: 1, loss: 3 },
  { regime: "accumulate", iteration: 1, seed: 0, loss: 5 },
];

test("groups keep the order of first occurrence and tell 1 from '1'", () => {
  assert.deepEqual(
    groupBy(rows, ["regime"]).map((g) => [g.key.regime, g.rows.length]),
    [
      ["replace", 2],
      ["accumulate", 1],
    ],
  );
  assert.equal(groupBy([{ a: 1 }, { a: "1" }, { a: null }], ["a"]).length, 3);
});

test("summariseBy gives one row a group with its keys", () => {
  const table = summariseBy(rows, ["regime", "iteration"], "loss");
  assert.deepEqual(
    table.map((r) => [r.regime, r.iteration, r.n, r.mean]),
    [
      ["replace", 1, 2, 2],
      ["accumulate", 1, 1, 5],
    ],
  );
  assert.throws(() => summariseBy(rows, ["regime"], "los"), /no column "los".*loss/);
  assert.throws(
    () => summariseBy([{ regime: "replace", loss: null }], ["regime"], "loss"),
    /loss at regime replace/,
  );
});

const REFERENCE: readonly (readonly [number, number])[] = [
  [3, 3.1824463052837],
  [4, 2.7764451051977],
  [5, 2.5705818356363],
  [9, 2.2621571627982],
  [10, 2.2281388519862],
  [29, 2.0452296421327],
  [99, 1.9842169515864],
  [100, 1.9839715185235],
  [999, 1.9623414611334],
];

test("values of any size have finite statistics: those of 1, 2, 4 times 10^±200 are scaled ones", () => {
  const plain = summarise([1, 2, 4]);
  for (const size of [1e200, 1e-200, 1e307, 1e-300]) {
    const scaled = summarise([size, 2 * size, 4 * size]);
    for (const key of ["mean", "sd", "se", "low", "high"] as const)
      near((scaled[key] as number) / size, plain[key] as number, 1e-12);
  }
  assert.equal(summarise([1e308, 1e308, 1e308]).mean, 1e308);
  assert.equal(summarise([-1e200, 1e200]).mean, 0);
});
