import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { duration, significant } from "../../lib/metrics/format";

test("numbers keep four significant digits, counts keep all, the extremes get powers of ten", () => {
  const cases: [number, string][] = [
    [1.23456, "1.235"],
    [0.5, "0.5000"],
    [-0.012345, "−0.01235"],
    [1234.56, "1,235"],
    [1234567, "1,234,567"],
    [99999.6, "100,000"],
    [9.9996, "10.00"],
    [0, "0"],
    [-3, "−3"],
    [0.0000123, "1.230e−5"],
    [1.5e20, "1.500e20"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ];
  for (const [value, text] of cases) assert.equal(significant(value), text);
  assert.equal(significant(1, 4, false), "1.000");
  assert.equal(significant(2.5, 2), "2.5");
});

test("a written number is the number within half of its last significant digit", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.integer({ min: 1, max: 12 }),
      (value, digits) => {
        const back = Number(
          significant(value, digits, false).replaceAll(",", "").replaceAll("−", "-"),
        );
        assert.ok(Math.abs(back - value) <= 0.501 * 10 ** (1 - digits) * Math.abs(value) + 1e-320);
      },
    ),
  );
});

test("durations are told in two units, rounded up to seconds", () => {
  const cases: [number, string][] = [
    [0.2, "1 s"],
    [59.5, "1 min"],
    [130, "2 min 10 s"],
    [3600, "1 h"],
    [3900, "1 h 5 min"],
    [90000, "1 d 1 h"],
  ];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
});
