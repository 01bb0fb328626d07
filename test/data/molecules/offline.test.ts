import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alignToMolecule } from "../../../lib/data/molecules/alignToMolecule";
import { checkConformer } from "../../../lib/data/molecules/checkConformer";
import {
  boltzmannWeights,
  checkPositions,
  formatSdf,
  fromSmiles,
  minimise,
  mmff94Energy,
  OFFLINE_SMILES,
  offlineMolecules,
  readSdf,
  splitByMolecule,
} from "../../../lib/data/molecules/index";
import { bestRmsd } from "../../../lib/metrics/molecules/index";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { all, pieces, refusal } from "./support";

// Building takes OpenChemLib most of a second a molecule, so one small one has to do for all tests.
const build = (seed: number) =>
  offlineMolecules(1, Streams.ofSeed(seed), { maxConformers: 3, maxTries: 4, maxSteps: 1000 })[0];
const ethanolamine = build(1);

test("offline conformers follow from the seed, differ among each other, and are sound", () => {
  const { molecule, conformers } = ethanolamine;
  assert.equal(molecule.smiles, OFFLINE_SMILES[0]);
  assert.deepEqual(build(1), ethanolamine);
  const alone = (seed: number) =>
    offlineMolecules(1, Streams.ofSeed(seed), { maxConformers: 1, maxSteps: 20 })[0].conformers[0]
      .positions;
  assert.ok(new Set([0, 1, 2, 3, 4, 5, 6, 7].map((seed) => alone(seed).join())).size > 1);
  assert.ok(conformers.length >= 2);
  conformers.forEach((conformer, k) => {
    checkPositions(conformer.positions, molecule.atomicNumbers.length, "built");
    // The bonds that are seen in the coordinates are those of the SMILES.
    const seen = alignToMolecule(molecule, molecule.atomicNumbers, conformer.positions, "built");
    assert.notEqual(seen, undefined);
    for (const other of conformers.slice(0, k))
      assert.ok(bestRmsd(other.positions, conformer.positions, molecule) >= 0.1);
  });
  const energies = conformers.map(({ positions }) => mmff94Energy(molecule, positions));
  energies.forEach((energy, k) => {
    const relative = conformers[k].relativeEnergy!;
    assert.ok(relative >= 0 && Math.abs(energy - energies[0] - relative) < 1e-6);
  });
  const total = conformers.reduce((sum, { boltzmannWeight }) => sum + boltzmannWeight!, 0);
  assert.ok(Math.abs(total - 1) < 1e-12);
});

test("a molecule depends on the streams and its place alone, whatever is asked for beside it; all are conformers", () => {
  const streams = Streams.ofSeed(3);
  const options = { maxConformers: 1, maxSteps: 20 };
  // Ethanolamine, aspirin, alanine.
  const all = offlineMolecules(3, streams, options);
  const small = offlineMolecules(2, streams, { ...options, maxAtoms: 13 });
  assert.deepEqual(small, [all[0], all[2]]);
  for (const { molecule, conformers } of [...all, ethanolamine])
    for (const { positions } of conformers) checkConformer(molecule, positions, molecule.smiles);
});

test("minimising lowers the MMFF94 energy, keeps the atoms' order, and bends nothing at a minimum", async () => {
  const { molecule, conformers } = ethanolamine;
  const [{ positions }] = conformers;
  const stream = new Stream(["noise"]);
  const shaken = positions.map((x) => x + 0.05 * stream.normal());
  const result = minimise(molecule, shaken, 1000);
  assert.ok(Math.abs(result.startEnergy - mmff94Energy(molecule, shaken)) < 1e-9);
  assert.ok(result.energy < result.startEnergy - 1);
  assert.ok(Math.abs(result.energy - mmff94Energy(molecule, result.positions)) < 1e-6);
  assert.ok(bestRmsd(result.positions, positions, molecule) < 0.1);
  // Hydrogens before heavy atoms: OpenChemLib wants them behind, and gives them back in their places.
  const size = molecule.atomicNumbers.length;
  const flip = (i: number) => size - 1 - i;
  const turned = {
    ...molecule,
    atomicNumbers: molecule.atomicNumbers.slice().reverse(),
    formalCharges: molecule.formalCharges.slice().reverse(),
    bonds: molecule.bonds.map(([i, j, order]) => [flip(j), flip(i), order] as const),
    aromaticBonds: molecule.aromaticBonds.map(([i, j]) => [flip(j), flip(i)] as const),
  };
  const back = Float64Array.from({ length: 3 * size }, (_, k) => {
    return positions[3 * flip(Math.floor(k / 3)) + (k % 3)];
  });
  assert.ok(Math.abs(mmff94Energy(turned, back) - mmff94Energy(molecule, positions)) < 1e-9);
  const [read] = await all(readSdf(pieces(formatSdf(ethanolamine)), "a"));
  const change = mmff94Energy(read.molecule, read.conformers[0].positions) - result.energy;
  assert.ok(Math.abs(change) < 0.05, `${change}`);
});

test("what cannot be built is refused in a sentence", async () => {
  const streams = Streams.ofSeed(0);
  assert.match(await refusal(() => offlineMolecules(0, streams)), /from 1 to 80, not 0/);
  assert.match(await refusal(() => offlineMolecules(81, streams)), /not 81/);
  const cadmium = fromSmiles("C[Cd]C");
  const line = Float64Array.from({ length: 27 }, (_, k) => (k % 3 === 0 ? k : 0));
  assert.match(await refusal(() => mmff94Energy(cadmium, line)), /MMFF94 has no parameters/);
});

test("Boltzmann weights: two states kT ln 3 apart have weights 3 to 1", () => {
  const gap = 0.0019872042586 * 298.15 * Math.log(3);
  const [a, b] = boltzmannWeights([5, 5 + gap]);
  assert.ok(Math.abs(a - 0.75) < 1e-12 && Math.abs(b - 0.25) < 1e-12);
});

test("a split never parts conformers of a molecule, misses none, and depends on the stream alone", async () => {
  const items = Array.from({ length: 50 }, (_, k) => ({ molecule: { smiles: `C${k % 25}` }, k }));
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const parts = splitByMolecule(items, [0.8, 0.1, 0.1], new Stream(["split", seed]));
      assert.deepEqual(
        parts.map((part) => part.length),
        [40, 6, 4],
      );
      const names = parts.map((part) => new Set(part.map(({ molecule }) => molecule.smiles)));
      for (const a of names[0]) assert.ok(!names[1].has(a) && !names[2].has(a));
      for (const a of names[1]) assert.ok(!names[2].has(a));
      const again = splitByMolecule(items, [0.8, 0.1, 0.1], new Stream(["split", seed]));
      assert.deepEqual(again, parts);
    }),
    { numRuns: 20 },
  );
  const split = (fractions: number[]) => splitByMolecule(items, fractions, new Stream(["x"]));
  assert.match(await refusal(() => split([0.8, 0.3])), /a sum of at most 1/);
  assert.match(await refusal(() => split([0.5, 0])), /must be positive/);
  assert.match(await refusal(() => split([0.9, 0.01])), /0\.01 of 25 molecules is less than one/);
});
