import assert from "node:assert/strict";
import { test } from "node:test";
import { EDGE_TYPES, MAX_ATOMS } from "../../../lib/data/molecules/index";
import { findLocalPairs, findPairs, localPairs } from "../../../lib/models/geodiff/findPairs";
import { batchGraph, molecularGraph } from "../../../lib/models/geodiff/graph";
import { allPairs, batchParts } from "../../../lib/models/geodiff/parts";
import { molecule, parsed, scattered } from "./made";

test("Local pairs are those of one, two and three bonds, each once, with their types", () => {
  // C0–C1–O2 with hydrogens left out, and a fourth and fifth atom behind: 0–1–2–3–4.
  const graph = molecularGraph(
    molecule(
      [6, 6, 8, 6, 6],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
    ),
  );
  const { single, angle, torsion } = EDGE_TYPES;
  const listed = Array.from(graph.low, (a, k) => [a, graph.high[k], graph.types[k]]);
  assert.deepEqual(listed, [
    [0, 1, single],
    [0, 2, angle],
    [0, 3, torsion],
    [1, 2, single],
    [1, 3, angle],
    [1, 4, torsion],
    [2, 3, single],
    [2, 4, angle],
    [3, 4, single],
  ]);
});

test("The pairs of a batch are all within the cutoff and all local ones, in three groups", () => {
  const graphs = ["CCO", "c1ccccc1C(=O)N", "[Na+].[Cl-]", "C"].map((s) =>
    molecularGraph(parsed(s)),
  );
  const batch = batchGraph(graphs);
  const positions = scattered(batch.atoms, "pairs");
  const cutoff = 3.5;
  const found = findPairs(batch, positions, cutoff);
  const keys = Array.from(found.low, (a, p) => `${a}-${found.high[p]}`);
  assert.equal(new Set(keys).size, found.all);
  const groups: Record<string, string> = {};
  keys.forEach((key, p) => {
    groups[key] = p < found.global ? "global" : p < found.near ? "near" : "far";
  });
  graphs.forEach(({ low, high, types, atomicNumbers }, m) => {
    const first = batch.offsets[m];
    const typeOf = new Map(Array.from(low, (a, k) => [`${a}-${high[k]}`, types[k]]));
    for (let a = 0; a < atomicNumbers.length; a++)
      for (let b = a + 1; b < atomicNumbers.length; b++) {
        const key = `${first + a}-${first + b}`;
        const at = (k: number) => positions.slice(3 * (first + k), 3 * (first + k) + 3);
        const distance = Math.hypot(...at(a).map((x, c) => x - at(b)[c]));
        const type = typeOf.get(`${a}-${b}`) ?? 0;
        const group = distance <= cutoff ? (type ? "near" : "global") : type ? "far" : undefined;
        assert.equal(groups[key], group, key);
        if (!group) continue;
        const p = keys.indexOf(key);
        assert.equal(found.types[p], type);
        assert.ok(Math.abs(found.distances[p] - distance) < 1e-5);
        const direction = found.directions.slice(3 * p, 3 * p + 3);
        at(a).forEach((x, c) => {
          assert.ok(Math.abs(direction[c] * distance - (x - at(b)[c])) < 1e-5);
        });
      }
  });

  const alone = findLocalPairs(localPairs(batch), positions);
  assert.equal(alone.all, found.all - found.global);
  assert.deepEqual([alone.global, alone.near], [0, 0]);
  const local = keys.slice(found.global).sort();
  assert.deepEqual(Array.from(alone.low, (a, p) => `${a}-${alone.high[p]}`).sort(), local);
});

test("Parts of a batch hold whole molecules, in order, within their room where that goes", () => {
  const graphs = ["CCO", "C", "CCCCC", "CC", "O"].map((s) => molecularGraph(parsed(s)));
  const batch = batchGraph(graphs);
  for (const room of [1, 40, 80, 1e6]) {
    const parts = batchParts(batch, room, allPairs);
    assert.deepEqual(
      parts.flatMap(({ batch }) => batch.graphs),
      graphs,
    );
    for (const { batch: part, first } of parts) {
      assert.equal(part.graphs[0], graphs[first]);
      const pairs = part.graphs.reduce((sum, graph) => sum + allPairs(graph), 0);
      assert.ok(pairs <= room || part.graphs.length === 1);
    }
  }
});

test("What cannot be modelled is refused with what to do", () => {
  assert.throws(() => molecularGraph(molecule([], [])), /has no atoms; leave it out/);
  const long = new Array(MAX_ATOMS + 1).fill(6);
  assert.throws(
    () => molecularGraph(molecule(long, [])),
    /has 401 atoms; at most 400 are modelled\. Leave it out/,
  );
  for (const element of [0, 87])
    assert.throws(
      () => molecularGraph(molecule([6, element], [])),
      new RegExp(`element ${element}; the table goes from 1 \\(H\\) to 86 \\(Rn\\)`),
    );
  assert.throws(() => batchGraph([]), /batch of conformers is empty/);
});
