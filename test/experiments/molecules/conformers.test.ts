import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromSmiles, OFFLINE_SMILES } from "../../../lib/data/molecules/index";
import { apportion } from "../../../lib/experiments/molecules/apportion";
import {
  conditioningOf,
  loadConditioning,
  saveConditioning,
} from "../../../lib/experiments/molecules/conditioning";
import {
  CONFORMER_SCHEMA,
  centrePositions,
  conformerBatch,
  conformersIn,
} from "../../../lib/experiments/molecules/conformers";
import { ensemblesIn } from "../../../lib/experiments/molecules/ensembles";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { decodeSafetensors, encodeSafetensors } from "../../../lib/store/safetensors";
import { blockOf, conformer, ITEMS, viewOfItems } from "./support";

test("Conformers that are written as a batch are read back as they were, charges, bonds and all", () => {
  const smiles = fc.constantFrom(...OFFLINE_SMILES.slice(0, 14), "[Na+].[Cl-]", "C");
  const item = fc
    .tuple(smiles, fc.nat(50_000), fc.nat(255))
    .map(([string, number, draws]) => conformer(string, number, 0, draws));
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) => {
      const block = new MemoryBlock(CONFORMER_SCHEMA, conformerBatch(items));
      assert.deepEqual(conformersIn(block.range(0, block.length)), items);
      const last = block.length - 1;
      assert.deepEqual(conformersIn(block.gather([last, 0])), [items[last], items[0]]);
    }),
    { numRuns: 30 },
  );
});

test("Centred coordinates: the mean is 0, differences are kept", () => {
  const moved = centrePositions([101, 0, 3, 99, 0, 5]);
  assert.deepEqual([...moved], [1, 0, -1, -1, 0, 1]);
});

test("Turns follow weights: exactly after as many as they sum to, nearly before, in order if equal", () => {
  assert.deepEqual([...apportion([1, 1, 1], 7)], [0, 1, 2, 0, 1, 2, 0]);
  assert.deepEqual([...apportion([3, 1], 4)], [0, 0, 1, 0]);
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 4 }), fc.nat(120), (list, rounds, count) => {
      const total = list.reduce((a, b) => a + b);
      const counted = (turns: Int32Array) =>
        list.map((_, m) => turns.filter((turn) => turn === m).length);
      assert.deepEqual(
        counted(apportion(list, rounds * total)),
        list.map((weight) => weight * rounds),
      );
      // All weights times n, as under accumulate: the first round is the same as without.
      const times = list.map((weight) => rounds * weight);
      assert.deepEqual(counted(apportion(times, total)), list);
      for (const [m, turns] of counted(apportion(list, count)).entries()) {
        const fair = (count * list[m]) / total;
        assert.ok(Math.abs(turns - fair) <= list.length, `${turns} turns instead of ${fair}`);
      }
      assert.equal(apportion(list, count).length, count);
    }),
  );
});

test("The molecules of a training set: distinct, ascending, with their counts; the same from safetensors", () => {
  const conditioning = conditioningOf(viewOfItems(ITEMS));
  assert.deepEqual(
    conditioning.molecules.map(({ number, conformers }) => [number, conformers]),
    [
      [0, 2],
      [4, 3],
      [9, 1],
    ],
  );
  assert.deepEqual(conditioning.molecules[1].molecule, ITEMS[0].molecule);
  const charged = conformer("C[N+](C)(C)CC(=O)[O-]", 2);
  const ring = conformer("c1ccccc1O", 3);
  const more = conditioningOf(viewOfItems([charged, ring, ...ITEMS]));
  const weights = { ...saveConditioning(more), other: { shape: [1], data: Float32Array.of(1) } };
  assert.deepEqual(loadConditioning(weights), more);
  assert.deepEqual(
    loadConditioning(decodeSafetensors(encodeSafetensors(weights), "them").weights),
    more,
  );
  assert.equal(more.molecules.find(({ number }) => number === 3)!.molecule.aromaticBonds.length, 6);
});

test("Weights without molecules are refused with the missing tensor's name", () => {
  const { "molecules.bond_list": _, ...rest } = saveConditioning(
    conditioningOf(viewOfItems(ITEMS)),
  );
  assert.throws(() => loadConditioning(rest), {
    name: "UserError",
    message: /no tensor molecules\.bond_list, .*Fit it again/,
  });
});

test("Molecules are put together again from a block, in order, as many as wanted", () => {
  const [first, second] = ensemblesIn(blockOf(ITEMS), 2);
  assert.deepEqual([first.number, first.conformers.length], [4, 3]);
  assert.deepEqual([second.number, second.conformers.length], [0, 2]);
  assert.deepEqual(first.molecule.atomicNumbers, fromSmiles("O").atomicNumbers);
  assert.deepEqual(first.conformers[2], ITEMS[2].positions);
  assert.equal(ensemblesIn(blockOf(ITEMS)).length, 3);
});
