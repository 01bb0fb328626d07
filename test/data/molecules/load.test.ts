import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { encode } from "@msgpack/msgpack";
import {
  CONFORMER_BENCHMARK,
  fromSmiles,
  GEOM_DRUGS,
  loadMolecules,
  type MoleculeCounts,
} from "../../../lib/data/molecules/index";
import { reservoirSample } from "../../../lib/data/molecules/reservoirSample";
import { findSource } from "../../../lib/data/source";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { temporaryFolder } from "../../support/temporary";
import { grid, refusal } from "./support";

test("a reservoir sample: all items if they are few, else `count` of them in order, each equally likely", async () => {
  const draw = (seed: number, items = 6, count = 3) =>
    reservoirSample([...Array(items).keys()], count, new Stream(["reservoir", seed]));
  assert.deepEqual(await draw(0, 3), [0, 1, 2]);
  assert.deepEqual(await draw(0, 2), [0, 1]);
  const counts = new Float64Array(6);
  const runs = 2000;
  for (let seed = 0; seed < runs; seed++) {
    const drawn = await draw(seed);
    assert.equal(new Set(drawn).size, 3);
    assert.deepEqual(
      [...drawn].sort((a, b) => a - b),
      drawn,
    );
    for (const item of drawn) counts[item]++;
  }
  // A share of one half each; five standard errors.
  for (const count of counts)
    assert.ok(Math.abs(count / runs - 0.5) < (5 * 0.5) / Math.sqrt(runs), `${counts}`);
});

const COUNTS: MoleculeCounts = {
  ...{
    trainMolecules: 3,
    testMolecules: 2,
    conformersPerMolecule: 2,
    testConformers: 1,
    maxAtoms: 11,
  },
};

/** GEOM's file with molecules on a grid: three conformers each, the last the most probable. */
function mirror(smiles: readonly string[]): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, GEOM_DRUGS.set));
  const conformer = (numbers: Uint8Array, k: number) => {
    const positions = gridded(numbers.length);
    return {
      xyz: Array.from(numbers, (number, i) => [
        number,
        ...[0, 1, 2].map((c) => positions[3 * i + c] * (1 + 0.001 * k)),
      ]),
      boltzmannweight: (k + 1) / 6,
      geom_id: k,
    };
  };
  const entries = smiles.map((string) => {
    const { atomicNumbers } = fromSmiles(string);
    return [string, { conformers: [0, 1, 2].map((k) => conformer(atomicNumbers, k)) }];
  });
  const file = path.join(folder, GEOM_DRUGS.set, GEOM_DRUGS.file);
  writeFileSync(file, encode(Object.fromEntries(entries)));
  return folder;
}

/** Atoms so that those of diatomic molecules are bonded, 1.1 Å apart. */
const gridded = (size: number) => grid(size).map((x) => 0.55 * x);

test("GEOM: a random split by molecule, the most probable conformers, what cannot be used left out and counted", async () => {
  // Diatomic molecules, whose bonds any two atoms near each other show, and some to be left out.
  const good = ["N#N", "[C-]#N", "O=O", "FF", "[C-]#[O+]"];
  const folder = mirror([...good, "[Na+].[Cl-]", "CCCCCCC"]);
  const options = { mirrors: [folder], cache: temporaryFolder() };
  const load = (seed: number, counts = COUNTS) =>
    loadMolecules("geom-drugs", counts, Streams.ofSeed(seed), options);
  const { train, test: held, description, checksums } = await load(0);
  const smiles = [...train, ...held].map(({ molecule }) => molecule.smiles);
  assert.deepEqual([...smiles].sort(), [...good].sort());
  assert.deepEqual([train.length, held.length], [3, 2]);
  for (const { conformers } of train)
    assert.deepEqual(
      conformers.map(({ name }) => name),
      ["2", "1"],
    );
  for (const { conformers } of held)
    assert.deepEqual(
      conformers.map(({ name }) => name),
      ["2"],
    );
  assert.match(
    description,
    /^GEOM-Drugs \(3 \/ 2 molecules of at most 11 atoms, 6 \/ 2 conformers; \d+ left out\)$/,
  );
  assert.match(checksums[GEOM_DRUGS.file], /^[0-9a-f]{64}$/);
  assert.deepEqual((await load(0)).train, train);
  const splits = await Promise.all([1, 2, 3, 4].map((seed) => load(seed)));
  assert.ok(new Set(splits.map((s) => s.train.map((e) => e.molecule.smiles).join())).size > 1);
  assert.match(
    await refusal(() => load(0, { ...COUNTS, testMolecules: 3 })),
    /^The set "geom-drugs" has 5 usable molecules of at most 11 atoms, but 3 training and 3 test molecules .*raise maxAtoms/,
  );
});

test("counts that are not whole numbers, and more offline molecules than the list has, are refused", async () => {
  const load = (counts: Partial<MoleculeCounts>) =>
    loadMolecules("offline", { ...COUNTS, ...counts }, Streams.ofSeed(0));
  assert.match(
    await refusal(() => load({ trainMolecules: 0 })),
    /^trainMolecules must be a whole number/,
  );
  assert.match(await refusal(() => load({ maxAtoms: 2.5 })), /^maxAtoms must be a whole number/);
  assert.match(
    await refusal(() => load({ trainMolecules: 60, maxAtoms: 13 })),
    /^The number of offline molecules of at most 13 atoms must be a whole number from 1 to 4, not 62/,
  );
});

test("the benchmark: molecules of at most 30 atoms, none in both parts", {
  skip: findSource(CONFORMER_BENCHMARK)
    ? false
    : "molecules/conformer-benchmark.jsonl lies in no directory of COLLAPSE_LAB_DATA.",
}, async () => {
  const counts = { ...COUNTS, trainMolecules: 20, testMolecules: 10, maxAtoms: 30 };
  const {
    train,
    test: held,
    checksums,
  } = await loadMolecules("conformer-benchmark", counts, Streams.ofSeed(0));
  assert.deepEqual(checksums, { [CONFORMER_BENCHMARK.file]: CONFORMER_BENCHMARK.sha256 });
  const ids = [...train, ...held].map(({ molecule }) => molecule.smiles);
  assert.equal(new Set(ids).size, 30);
  for (const { molecule, conformers } of train) {
    assert.ok(molecule.atomicNumbers.length <= 30);
    assert.ok(conformers.length >= 1 && conformers.length <= 2);
  }
});
