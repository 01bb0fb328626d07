import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  automorphisms,
  bestRmsd,
  type MolecularGraph,
  rmsd,
  rmsdMatrix,
  superpose,
  symmetryOf,
} from "../../../lib/metrics/molecules/index";
import { carbons, ring, substituted } from "./molecules";

function near(actual: number, wanted: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);
}

const coordinate = fc.double({ min: -8, max: 8, noNaN: true });
const points = (atoms: number) =>
  fc.array(coordinate, { minLength: 3 * atoms, maxLength: 3 * atoms });
const motion = fc.tuple(
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    .filter((q) => Math.hypot(...q) > 0.1),
  fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 }),
);

/** Turned by the quaternion and shifted. */
function moved(x: readonly number[], [q, shift]: [number[], number[]]): number[] {
  const [w, a, b, c] = q.map((value) => value / Math.hypot(...q));
  const rows = [
    [w * w + a * a - b * b - c * c, 2 * (a * b - w * c), 2 * (a * c + w * b)],
    [2 * (a * b + w * c), w * w - a * a + b * b - c * c, 2 * (b * c - w * a)],
    [2 * (a * c - w * b), 2 * (b * c + w * a), w * w - a * a - b * b + c * c],
  ];
  return x.map((_, k) => {
    const atom = k - (k % 3);
    return rows[k % 3].reduce((sum, r, i) => sum + r * x[atom + i], shift[k % 3]);
  });
}

const atomsOf = (x: readonly number[]) =>
  Array.from({ length: x.length / 3 }, (_, i) => x.slice(3 * i, 3 * i + 3));

test("two atoms: half the difference of the distances; one atom: 0", () => {
  near(rmsd([0, 0, 0, 1, 0, 0], [5, 5, 5, 5, 8, 5]), 1);
  near(rmsd([0, 0, 0, 0, 0, 2], [0, 0, 0, 1.5, 0, 0]), 0.25);
  assert.equal(rmsd([1, 2, 3], [-4, 0, 9]), 0);
});

test("mirror images are not superposed: a corner with legs 1, 2, 3 and its reflection", () => {
  const corner = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
  const mirrored = corner.map((value, k) => (k % 3 === 2 ? -value : value));
  const eigen = superpose(corner, mirrored);
  assert.ok(eigen.rmsd > 0.3);
  near(rmsd(corner, mirrored), eigen.rmsd);
  // A planar figure is its own mirror image.
  near(rmsd([0, 0, 0, 1, 0, 0, 0, 2, 0], [0, 0, 0, -1, 0, 0, 0, 2, 0]), 0);
  // A regular tetrahedron and its mirror image, where two roots meet: Σ a bᵀ is −4 times the identity,
  // so λ = 4 + 4 − 4, and √((12 + 12 − 2 · 4) / 4) remains.
  const tetrahedron = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1];
  near(
    rmsd(
      tetrahedron,
      tetrahedron.map((x) => -x),
    ),
    2,
  );
});

test("coinciding, collinear and coplanar conformers are exact however they are turned", () => {
  for (const shape of [
    [0, 0, 0, 1.2, 0, 0, 2.6, 0, 0, 3.9, 0, 0],
    [0, 0, 0, 1.4, 0, 0, 0, 1.5, 0, -1, -1, 0],
    [0, 0, 0, 0, 0, 0],
  ])
    fc.assert(
      fc.property(motion, (by) => near(rmsd(shape, moved(shape, by)), 0, 1e-12)),
      { numRuns: 30 },
    );
});

test("turning and shifting either conformer, or exchanging them, leaves the RMSD", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }).chain((n) => fc.tuple(points(n), points(n))),
      motion,
      motion,
      ([a, b], by, other) => {
        const plain = rmsd(a, b);
        near(rmsd(moved(a, by), moved(b, other)), plain, 1e-7);
        near(rmsd(b, a), plain, 1e-9);
        const order = atomsOf(a)
          .map((_, i) => i)
          .reverse();
        const reordered = (x: number[]) => order.flatMap((i) => atomsOf(x)[i]);
        near(rmsd(reordered(a), reordered(b)), plain, 1e-9);
      },
    ),
  );
});

test("superpose gives the coordinates of that RMSD, and no other turn is better", () => {
  fc.assert(
    fc.property(points(5), points(5), motion, (a, b, by) => {
      const { positions, rmsd: least } = superpose(a, b);
      near(rmsd(a, b), least, 1e-7);
      near(rmsd(a, Array.from(positions)), 0, 1e-7);
      const centred = (x: readonly number[]) => {
        const mean = [0, 1, 2].map((c) => atomsOf(x).reduce((s, p) => s + p[c], 0) / 5);
        return x.map((value, k) => value - mean[k % 3]);
      };
      const [u, v] = [centred(moved(a, by)), centred(b)];
      const direct = Math.sqrt(u.reduce((sum, value, k) => sum + (value - v[k]) ** 2, 0) / 5);
      assert.ok(direct >= least - 1e-9);
    }),
  );
});

test("unequal sizes, no atoms and coordinates that are not finite are refused", () => {
  assert.throws(() => rmsd([0, 0, 0], [0, 0, 0, 1, 1, 1]), /1 and 2 atoms/);
  assert.throws(() => rmsd([], []), /at least one atom/);
  assert.throws(() => rmsd([0, 0, Number.NaN], [0, 0, 0]), /not finite/);
  const ethane = carbons([[0, 1, 1]]);
  assert.throws(() => bestRmsd([0, 0, 0], [0, 0, 0, 1, 1, 1], ethane), /2 atoms need 6/);
});

const benzene = carbons(ring(6), true);
const molecules: [string, MolecularGraph][] = [
  ["p-xylene", substituted(substituted(benzene, 0, 1), 3, 1)],
  ["neopentane", substituted({ atomicNumbers: [6], bonds: [] }, 0, 4)],
  [
    "bis(trifluoromethyl)benzene",
    substituted(substituted(substituted(substituted(benzene, 0, 1), 2, 1), 6, 3, 9), 7, 3, 9),
  ],
  [
    "four different groups of equals",
    [7, 8, 9, 17].reduce(
      (graph, element, k) => substituted(graph, k, 3, element),
      carbons(ring(4)),
    ),
  ],
];

/** Permutations whose squared deviations differ by rounding alone may be taken for each other. */
const TIE = 1e-6;

for (const [name, graph] of molecules) {
  const size = graph.atomicNumbers.length;
  const symmetry = symmetryOf(graph);
  const all = automorphisms(graph);
  const permuted = (x: readonly number[], p: Int32Array) =>
    Array.from(p).flatMap((i) => x.slice(3 * i, 3 * i + 3));

  test(`best RMSD of ${name} is the least over its ${all.length} automorphisms, each superposed`, () => {
    fc.assert(
      fc.property(
        points(size),
        points(size),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (a, noise, part) => {
          const p = all[Math.floor(part * 977) % all.length];
          // From nearly the same conformer, atoms exchanged, to quite another.
          const b = permuted(a, p).map((value, k) => value + part * noise[k]);
          const tried = Math.min(...all.map((q) => rmsd(a, permuted(b, q))));
          near(bestRmsd(a, b, symmetry), tried, TIE);
        },
      ),
      { numRuns: all.length > 1000 ? 3 : 20 },
    );
  });

  test(`exchanging equivalent atoms of ${name}, turning and shifting it leaves the best RMSD`, () => {
    fc.assert(
      fc.property(points(size), points(size), fc.nat(all.length - 1), motion, (a, b, k, by) => {
        near(bestRmsd(a, moved(permuted(a, all[k]), by), symmetry), 0, TIE);
        near(bestRmsd(a, moved(permuted(b, all[k]), by), symmetry), bestRmsd(b, a, symmetry), 1e-7);
      }),
      { numRuns: 20 },
    );
  });
}

test("hydrogens do not count, and the matrix has the pairs in its rows and columns", () => {
  const methanol: MolecularGraph = {
    atomicNumbers: [1, 6, 8, 1],
    bonds: [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
    ],
  };
  const far = (distance: number, hydrogen: number) => [
    hydrogen,
    3,
    1,
    0,
    0,
    0,
    0,
    distance,
    0,
    7,
    hydrogen,
    0,
  ];
  near(bestRmsd(far(1, 5), far(1.5, -9), methanol), 0.25);
  const matrix = rmsdMatrix([far(1, 0), far(2, 0)], [far(1, 1), far(3, 1), far(4, 2)], methanol);
  for (const [k, wanted] of [0, 1, 1.5, 0.5, 0.5, 1].entries()) near(matrix[k], wanted);
});

test("a distance is in proportion to the unit, from 1e-200 to 1e150: rmsd, superpose and bestRmsd", () => {
  const a = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
  const b = [1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 1, 1];
  const chain = carbons([
    [0, 1, 1],
    [1, 2, 1],
    [2, 3, 1],
  ]);
  for (const size of [1e-200, 1e-100, 1e-30, 1e40, 1e100, 1e150]) {
    const [c, d] = [a, b].map((x) => x.map((value) => size * value));
    near(rmsd(c, d) / size, rmsd(a, b));
    near(superpose(c, d).rmsd / size, rmsd(a, b));
    superpose(c, d).positions.forEach((value, k) => {
      near(value / size, superpose(a, b).positions[k]);
    });
    near(bestRmsd(c, d, chain) / size, bestRmsd(a, b, chain));
    near(rmsdMatrix([c], [d], chain)[0] / size, bestRmsd(a, b, chain));
  }
  assert.equal(rmsd([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]), 0);
});
