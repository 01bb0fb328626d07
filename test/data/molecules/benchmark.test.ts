import assert from "node:assert/strict";
import { test } from "node:test";
import { alignToMolecule } from "../../../lib/data/molecules/alignToMolecule";
import {
  bondsToThirdOrder,
  CONFORMER_BENCHMARK,
  conformerBenchmark,
  fromSmiles,
} from "../../../lib/data/molecules/index";
import { matchAtoms } from "../../../lib/data/molecules/match";
import { findSource } from "../../../lib/data/source";

const missing = findSource(CONFORMER_BENCHMARK)
  ? false
  : "molecules/conformer-benchmark.jsonl lies in no directory of COLLAPSE_LAB_DATA.";

test("the conformer benchmark: 693 molecules of 15 to 88 atoms, 6,701 conformers", {
  skip: missing,
}, async () => {
  let molecules = 0;
  let conformers = 0;
  const sizes: number[] = [];
  for await (const { molecule, conformers: given } of conformerBenchmark()) {
    molecules++;
    conformers += given.length;
    sizes.push(molecule.atomicNumbers.length);
    if (molecules % 10 > 0) continue;
    // The SMILES, the bonds of the file and the bonds seen in the coordinates agree.
    assert.notEqual(matchAtoms(fromSmiles(molecule.smiles), molecule), undefined, molecule.id);
    for (const { positions } of given.slice(0, 2))
      assert.ok(alignToMolecule(molecule, molecule.atomicNumbers, positions, "x"), molecule.id);
    const { types } = bondsToThirdOrder(molecule);
    assert.equal(types.filter((type) => type <= 4).length, 2 * molecule.bonds.length);
  }
  assert.deepEqual([molecules, conformers], [693, 6701]);
  assert.deepEqual([Math.min(...sizes), Math.max(...sizes)], [15, 88]);
});
