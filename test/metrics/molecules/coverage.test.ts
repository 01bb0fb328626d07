import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  COVERAGE_THRESHOLDS,
  coverage,
  coverageCurve,
  summariseCoverage,
} from "../../../lib/metrics/molecules/index";

// Three generated conformers (rows) and two references (columns).
const matrix = [0.4, 3, 1.25, 2, 2.5, 2];

test("COV and MAT by hand: the nearest of each row and column, δ itself within", () => {
  // Nearest to the references: 0.4 and 2; to the generated ones: 0.4, 1.25 and 2.
  const found = coverage(matrix, 3, 2);
  assert.deepEqual(found, { covR: 1 / 2, covP: 2 / 3, matR: 1.2, matP: 3.65 / 3 });
  assert.deepEqual(coverageCurve(matrix, 3, 2, [0.3, 0.4, 2]), [
    { threshold: 0.3, covR: 0, covP: 0 },
    { threshold: 0.4, covR: 1 / 2, covP: 1 / 3 },
    { threshold: 2, covR: 1, covP: 1 },
  ]);
});

test("the thresholds are 0.05 to 3 Å by 0.05, as decimal numbers and not as sums", () => {
  assert.equal(COVERAGE_THRESHOLDS.length, 60);
  assert.deepEqual(
    [0, 2, 24, 59].map((i) => COVERAGE_THRESHOLDS[i]),
    [0.05, 0.15, 1.25, 3],
  );
});

test("recall and precision change places with the sides, and coverage grows with δ", () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  const filled = sizes.chain(([g, r]) =>
    fc.tuple(
      fc.constant([g, r]),
      fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: g * r, maxLength: g * r }),
    ),
  );
  fc.assert(
    fc.property(filled, ([[g, r], rmsd]) => {
      const transposed = Array.from(
        { length: g * r },
        (_, k) => rmsd[(k % g) * r + Math.floor(k / g)],
      );
      const [one, other] = [coverage(rmsd, g, r), coverage(transposed, r, g)];
      assert.deepEqual(one, {
        covR: other.covP,
        covP: other.covR,
        matR: other.matP,
        matP: other.matR,
      });
      const curve = coverageCurve(rmsd, g, r);
      for (let k = 1; k < curve.length; k++) {
        assert.ok(curve[k].covR >= curve[k - 1].covR);
        assert.ok(curve[k].covP >= curve[k - 1].covP);
      }
      assert.equal(curve[59].covR, 1);
    }),
  );
});

test("over molecules, mean and median of each number", () => {
  const of = (covR: number) => ({ covR, covP: 1 - covR, matR: covR, matP: 2 });
  const { mean, median } = summariseCoverage([of(0), of(1), of(0.5), of(0.9)]);
  assert.deepEqual([mean.covR, median.covR, median.matP], [0.6, 0.7, 2]);
});

test("empty sides, wrong sizes, diverged conformers and no molecules are refused", () => {
  assert.throws(() => coverage([], 0, 2), /0 generated and 2 reference conformers, but 0 RMSDs/);
  assert.throws(() => coverage([1, 2, 3], 2, 2), { name: "UserError" });
  assert.throws(
    () => coverage([1, Number.NaN], 1, 2),
    /generated conformer 0 and reference 1 is NaN/,
  );
  assert.throws(() => summariseCoverage([]), { name: "UserError" });
});
