import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  angles,
  GEOMETRY_BINS,
  GeometryHistograms,
  geometryDistance,
  internalCoordinates,
  jensenShannon,
  lengths,
  type MolecularGraph,
  torsions,
} from "../../../lib/metrics/molecules/index";
import { carbons, ring } from "./molecules";

function near(actual: number, wanted: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);
}

const ethane: MolecularGraph = {
  atomicNumbers: [6, 6, 1, 1, 1, 1, 1, 1],
  bonds: [
    [0, 1, 1],
    ...[2, 3, 4].map((h) => [0, h, 1] as const),
    ...[5, 6, 7].map((h) => [1, h, 1] as const),
  ],
};

test("ethane has 7 bonds, 12 angles and 9 torsions, and only its C–C bond without hydrogens", () => {
  const count = (hydrogens: boolean) => {
    const found = internalCoordinates(ethane, hydrogens);
    return [found.bonds.length / 2, found.angles.length / 3, found.torsions.length / 4];
  };
  assert.deepEqual(count(true), [7, 12, 9]);
  assert.deepEqual(count(false), [1, 0, 0]);
});

test("a three-ring has no torsion, a six-ring has six", () => {
  assert.equal(internalCoordinates(carbons(ring(3))).torsions.length, 0);
  assert.equal(internalCoordinates(carbons(ring(6))).torsions.length / 4, 6);
});

const chain = (torsion: number) => {
  const t = (torsion * Math.PI) / 180;
  // Seen along z from the second atom: the first at 12 o'clock, the last turned clockwise.
  return [0, 1, 0, 0, 0, 0, 0, 0, -1.5, Math.sin(t) * 2, Math.cos(t) * 2, -1.5];
};

test("lengths, angles and torsions of a chain built with them", () => {
  const quadruple = Int32Array.of(0, 1, 2, 3);
  for (const wanted of [-179, -90, -60, 0, 30, 120, 180]) {
    const x = chain(wanted);
    near(torsions(x, quadruple)[0], wanted);
    near(torsions(x, Int32Array.of(3, 2, 1, 0))[0], wanted);
    const mirrored = x.map((value, k) => (k % 3 === 0 ? -value : value));
    near(Math.abs(torsions(mirrored, quadruple)[0]), Math.abs(wanted));
    near(angles(x, Int32Array.of(0, 1, 2))[0], 90);
    assert.deepEqual(Array.from(lengths(x, Int32Array.of(0, 1, 1, 2))), [1, 1.5]);
  }
  near(
    angles([1, 0, 0, 0, 0, 0, Math.cos(2), Math.sin(2), 0], Int32Array.of(0, 1, 2))[0],
    360 / Math.PI,
  );
});

test("angles where atoms coincide and torsions along a line are undefined", () => {
  assert.ok(Number.isNaN(angles([0, 0, 0, 0, 0, 0, 1, 0, 0], Int32Array.of(0, 1, 2))[0]));
  const straight = [0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 1, 0];
  assert.ok(Number.isNaN(torsions(straight, Int32Array.of(0, 1, 2, 3))[0]));
  near(angles(straight, Int32Array.of(0, 1, 2))[0], 180);
  assert.throws(() => lengths([0, 0, 0], Int32Array.of(0, 1)), /Atom 1 has no position/);
});

test("Jensen–Shannon distance: 0, 1 and a value by hand", () => {
  assert.equal(jensenShannon([1, 3], [2, 6]), 0);
  assert.equal(jensenShannon([5, 0], [0, 2]), 1);
  // p = (1, 0), q = (1/2, 1/2), mean (3/4, 1/4): half of log2(4/3), and of ½ log2(2/3) + ½ log2 2.
  const divergence = (Math.log2(4 / 3) + 0.5 * Math.log2(2 / 3) + 0.5) / 2;
  near(jensenShannon([7, 0], [4, 4]), Math.sqrt(divergence));
  assert.throws(() => jensenShannon([1], [1, 2]), /1 and 2 bins/);
  assert.throws(() => jensenShannon([0, 0], [1, 2]), /empty/);
  assert.throws(() => jensenShannon([-1, 2], [1, 2]), /Bin 0 .* -1/);
});

test("Jensen–Shannon distance is a metric from 0 to 1", () => {
  const histogram = fc
    .array(fc.nat(9), { minLength: 4, maxLength: 4 })
    .filter((h) => h.some((n) => n > 0));
  fc.assert(
    fc.property(histogram, histogram, histogram, (p, q, r) => {
      const distance = jensenShannon(p, q);
      assert.ok(distance >= 0 && distance <= 1);
      near(distance, jensenShannon(q, p));
      assert.ok(distance <= jensenShannon(p, r) + jensenShannon(r, q) + 1e-7);
    }),
  );
});

test("histograms by kind: the bin of each value, mirror images alike, outliers at the ends", () => {
  const graph: MolecularGraph = {
    atomicNumbers: [8, 6, 6, 7],
    bonds: [
      [0, 1, 2],
      [1, 2, 1],
      [2, 3, 1.5],
    ],
  };
  const far = chain(60);
  far[9] += 100;
  const set = new GeometryHistograms().add(graph, [chain(62), chain(-62), far]);
  assert.deepEqual([...set.bonds.keys()].sort(), ["C-C", "C:N", "C=O"]);
  assert.deepEqual([...set.angles.keys()].sort(), ["C-C-N", "C-C-O"]);
  assert.deepEqual([...set.torsions.keys()], ["C-C"]);
  assert.equal(set.torsions.get("C-C")![Math.floor(62 / 5)], 2);
  assert.equal(set.bonds.get("C:N")![GEOMETRY_BINS.bonds.count - 1], 1);
  assert.equal(set.bonds.get("C:N")![(2 - 0.8) / 0.02], 2);
  assert.equal(set.undefinedValues, 0);
  set.add(graph, [new Float64Array(12).fill(Number.NaN)]);
  assert.equal(set.undefinedValues, 6);
});

test("distances of two sets: weighted by the real values, rare kinds left out, missing ones at 1", () => {
  const [real, generated] = [new GeometryHistograms(), new GeometryHistograms()];
  const fill = (set: GeometryHistograms, kind: string, bin: number, count: number) => {
    const histogram = new Float64Array(GEOMETRY_BINS.bonds.count);
    histogram[bin] = count;
    set.bonds.set(kind, histogram);
  };
  fill(real, "C-C", 30, 300);
  fill(real, "C-N", 30, 100);
  fill(real, "C-O", 30, 99);
  fill(generated, "C-C", 30, 7);
  const { bonds, angles } = geometryDistance(real, generated);
  assert.deepEqual(
    [...bonds.kinds],
    [
      ["C-C", 0],
      ["C-N", 1],
    ],
  );
  assert.equal(bonds.mean, 0.25);
  assert.ok(Number.isNaN(angles.mean));
});

test("an element outside the table is named", () => {
  const graph: MolecularGraph = { atomicNumbers: [6, 92], bonds: [[0, 1, 1]] };
  assert.throws(
    () => new GeometryHistograms().add(graph, []),
    /Element 92 has no van der Waals radius/,
  );
});
