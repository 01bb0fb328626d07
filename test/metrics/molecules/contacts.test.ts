import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bondLimits,
  contactLimits,
  type MolecularGraph,
  violationShare,
  violations,
} from "../../../lib/metrics/molecules/index";
import { carbons } from "./molecules";

const path = (n: number) =>
  carbons(Array.from({ length: n - 1 }, (_, i) => [i, i + 1, 1] as const));
const onLine = (...x: number[]) => x.flatMap((value) => [value, 0, 0]);

test("a bond is whole from 0.75 to 1.25 times the sum of covalent radii", () => {
  const limits = bondLimits(path(2));
  // Two carbons: 2 · 0.76 Å.
  assert.deepEqual([limits.min[0], limits.max[0]], [0.75 * 1.52, 1.25 * 1.52]);
  for (const [length, broken] of [
    [1.13, 1],
    [1.15, 0],
    [1.89, 0],
    [1.91, 1],
  ])
    assert.equal(violations(onLine(0, length), limits), broken);
  assert.equal(violations(onLine(0, Number.NaN), limits), 1);
});

test("atoms clash when more than three bonds apart and nearer than 0.7 of their radii", () => {
  // Of five carbons in a row only the first and the last are four bonds apart: 0.7 · 3.4 Å.
  const limits = contactLimits(path(5));
  assert.deepEqual(Array.from(limits.atoms), [0, 4]);
  assert.ok(Math.abs(limits.min[0] - 2.38) < 1e-12);
  assert.equal(violations(onLine(0, 0, 0, 0, 2.37), limits), 1);
  assert.equal(violations(onLine(0, 0, 0, 0, 2.39), limits), 0);
  assert.equal(contactLimits(path(4)).min.length, 0);
});

test("fragments may clash too; hydrogen with N, O or F never counts", () => {
  const salt: MolecularGraph = { atomicNumbers: [17, 1, 8, 6], bonds: [] };
  const { atoms } = contactLimits(salt);
  // All pairs of Cl, H, O, C but H···O.
  assert.deepEqual(Array.from(atoms), [0, 1, 0, 2, 0, 3, 1, 3, 2, 3]);
});

test("shares: of all pairs, and of conformers with at least one", () => {
  const limits = bondLimits(path(3));
  const share = violationShare([
    { limits, conformers: [onLine(0, 1.5, 3), onLine(0, 9, 10.5)] },
    { limits: bondLimits(path(2)), conformers: [onLine(0, 0), onLine(0, 1.4)] },
  ]);
  assert.deepEqual(share, { pairs: 2 / 6, conformers: 2 / 4 });
  assert.deepEqual(violationShare([]), { pairs: 0, conformers: 0 });
});

test("an element outside the table is named", () => {
  assert.throws(() => contactLimits({ atomicNumbers: [6, 110], bonds: [] }), /Element 110/);
});
