import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../../lib/errors";
import {
  automorphisms,
  type MolecularGraph,
  symmetryOf,
} from "../../../lib/metrics/molecules/index";
import { carbons, ring, substituted } from "./molecules";

const benzene = carbons(ring(6), true);
const biphenyl = {
  atomicNumbers: new Array(12).fill(6),
  bonds: [...ring(6, 0, 1.5), ...ring(6, 6, 1.5), [0, 6, 1] as const],
};
const rim = ring(6).map(([i, j]) => [i, j] as const);
const kekule: MolecularGraph = {
  atomicNumbers: [6, 6, 6, 6, 6, 6, 1],
  bonds: [...ring(6).map(([i, j], k) => [i, j, 1 + (k % 2)] as const), [0, 6, 1]],
};

// Of the groups of the heavy-atom graphs: D6 of a six-ring has 12, S4 of four methyls 24, S3 of
// three fluorines 6; a phenyl flips (2), two equal phenyls also change places.
const counts: [string, MolecularGraph, number][] = [
  ["methane", { atomicNumbers: [6, 1, 1, 1, 1], bonds: [1, 2, 3, 4].map((h) => [0, h, 1]) }, 1],
  ["ethane", carbons([[0, 1, 1]]), 2],
  ["benzene", benzene, 12],
  ["benzene, one Kekulé structure", kekule, 6],
  ["the same with its aromatic bonds", { ...kekule, aromaticBonds: rim }, 12],
  ["cyclohexane", carbons(ring(6)), 12],
  ["neopentane", substituted({ atomicNumbers: [6], bonds: [] }, 0, 4), 24],
  ["toluene", substituted(benzene, 0, 1), 2],
  ["p-xylene", substituted(substituted(benzene, 0, 1), 3, 1), 4],
  ["biphenyl", biphenyl, 8],
  ["trifluoromethylbenzene", substituted(substituted(benzene, 0, 1), 6, 3, 9), 12],
  [
    "cubane",
    carbons([...ring(4), ...ring(4, 4), ...[0, 1, 2, 3].map((k) => [k, k + 4, 1] as const)]),
    48,
  ],
  ["three chlorides and a sodium", { atomicNumbers: [17, 17, 17, 11], bonds: [] }, 6],
  [
    "two equal ethanes",
    carbons([
      [0, 1, 1],
      [2, 3, 1],
    ]),
    8,
  ],
];

for (const [name, graph, order] of counts)
  test(`${name} has ${order} automorphism${order > 1 ? "s" : ""} over heavy atoms`, () => {
    const all = automorphisms(graph);
    assert.equal(symmetryOf(graph).order, order);
    assert.equal(new Set(all.map(String)).size, order);
    assert.equal(all.length, order);
  });

test("resonance makes terminal N and O of one centre alike, elements apart, and can be left out", () => {
  const acetate: MolecularGraph = {
    atomicNumbers: [6, 6, 8, 8],
    bonds: [
      [0, 1, 1],
      [1, 2, 2],
      [1, 3, 1],
    ],
    formalCharges: [0, 0, 0, -1],
  };
  assert.equal(symmetryOf(acetate).order, 2);
  assert.equal(symmetryOf(acetate, { resonance: false }).order, 1);
  const amide = { ...acetate, atomicNumbers: [6, 6, 8, 7], formalCharges: [0, 0, 0, 0] };
  assert.equal(symmetryOf(amide).order, 1);
  const alcohols = {
    ...acetate,
    bonds: [
      [0, 1, 1],
      [1, 2, 1],
      [1, 3, 1],
    ] as const,
  };
  assert.equal(symmetryOf({ ...alcohols, formalCharges: [0, 0, 0, 0] }).order, 2);
  assert.equal(symmetryOf(alcohols).order, 1, "a charge without resonance tells atoms apart");
});

/** Small graphs with two elements and two kinds of bond. */
const graphs = fc
  .record({
    atomicNumbers: fc.array(fc.constantFrom(6, 6, 7), { minLength: 2, maxLength: 6 }),
    orders: fc.array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: 15, maxLength: 15 }),
  })
  .map(({ atomicNumbers, orders }): MolecularGraph => {
    const bonds: [number, number, number][] = [];
    let at = 0;
    for (let i = 0; i < atomicNumbers.length; i++)
      for (let j = 0; j < i; j++) if (orders[at++] > 0) bonds.push([i, j, orders[at - 1]]);
    return { atomicNumbers, bonds };
  });

test("they are all the permutations that keep elements and bonds (tried out one by one)", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const size = graph.atomicNumbers.length;
      const order = new Map(
        graph.bonds.flatMap(([i, j, o]) => [
          [`${i} ${j}`, o],
          [`${j} ${i}`, o],
        ]),
      );
      const kept = permutations(size).filter((p) =>
        p.every(
          (image, i) =>
            graph.atomicNumbers[i] === graph.atomicNumbers[image] &&
            p.every((other, j) => order.get(`${i} ${j}`) === order.get(`${image} ${other}`)),
        ),
      );
      const found = automorphisms(graph, { resonance: false });
      assert.deepEqual(
        found[0],
        Int32Array.from({ length: size }, (_, i) => i),
        "identity first",
      );
      assert.deepEqual(found.map(String).sort(), kept.map(String).sort());
    }),
    { numRuns: 60 },
  );
});

test("a molecule beyond the limit, without heavy atoms or with an impossible bond is refused", () => {
  const balloon = substituted({ atomicNumbers: [6], bonds: [] }, 0, 12);
  assert.throws(() => symmetryOf(balloon), {
    name: "UserError",
    message: /more than 1000000 auto/,
  });
  assert.throws(() => symmetryOf(benzene, { limit: 11 }), UserError);
  assert.equal(symmetryOf(benzene, { limit: 12 }).order, 12);
  assert.throws(() => symmetryOf({ atomicNumbers: [1, 1], bonds: [[0, 1, 1]] }), /no heavy atom/);
  assert.throws(
    () => symmetryOf({ atomicNumbers: [6, 6], bonds: [[0, 2, 1]] }),
    /joins atoms 0 and 2/,
  );
  assert.throws(() => symmetryOf({ atomicNumbers: [6, 6], bonds: [[1, 1, 1]] }), UserError);
});

function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((shorter) =>
    Array.from({ length: size }, (_, at) => shorter.toSpliced(at, 0, size - 1)),
  );
}
