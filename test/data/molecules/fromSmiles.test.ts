import assert from "node:assert/strict";
import { test } from "node:test";
import {
  atomicNumberOf,
  bondsToThirdOrder,
  COVALENT_RADII,
  checkMolecule,
  EDGE_TYPES,
  fromSmiles,
  MAX_ATOMS,
  OFFLINE_SMILES,
  SYMBOLS,
} from "../../../lib/data/molecules/index";
import { refusal } from "./support";

function countsByType(smiles: string): number[] {
  const { types } = bondsToThirdOrder(fromSmiles(smiles));
  return Array.from({ length: 7 }, (_, type) => types.filter((t) => t === type).length);
}

test("a SMILES gives heavy atoms in its order, then all hydrogens, with charges and bonds", () => {
  const glycine = fromSmiles("[NH3+]CC(=O)[O-]");
  assert.deepEqual([...glycine.atomicNumbers], [7, 6, 6, 8, 8, 1, 1, 1, 1, 1]);
  assert.deepEqual([...glycine.formalCharges], [1, 0, 0, 0, -1, 0, 0, 0, 0, 0]);
  const heavy = glycine.bonds.filter(([, j]) => j < 5);
  assert.deepEqual(heavy, [
    [0, 1, 1],
    [1, 2, 1],
    [2, 3, 2],
    [2, 4, 1],
  ]);
  assert.equal(glycine.bonds.length, 9);
  assert.equal(fromSmiles("c1ccccc1").aromaticBonds.length, 6);
});

test("benzene to the third order, by hand: 6 C=C, 6 C–H; 6 CCC, 12 CCH; 3 CCCC, 12 HCCC, 6 HCCH", () => {
  // Each pair twice, once a direction. H…H: 6 neighbours (three bonds apart).
  const counts = countsByType("c1ccccc1");
  assert.equal(counts[EDGE_TYPES.aromatic], 12);
  assert.equal(counts[EDGE_TYPES.single], 12);
  assert.equal(counts[EDGE_TYPES.angle], 2 * (6 + 12));
  assert.equal(counts[EDGE_TYPES.torsion], 2 * (3 + 12 + 6));
});

test("ethanol to the third order, by hand: 8 bonds, 13 angles, 12 torsions", () => {
  // Angles: C(methyl) 4 over 2, C(methylene) 4 over 2, O 2 over 2. Torsions: 3·3 about CC, 3·1 about CO.
  const counts = countsByType("CCO");
  assert.deepEqual(counts, [0, 16, 0, 0, 0, 26, 24]);
});

test("cyclopropane has no pair of carbons two bonds apart: the shorter way round counts", () => {
  // CC 3, CH 6; HCH 3, CCH 3·4; HCCH 3·4.
  assert.deepEqual(countsByType("C1CC1"), [0, 18, 0, 0, 0, 30, 24]);
});

test("edges come in both directions, ascending, without crossing between parts of a salt", () => {
  const { from, to, types } = bondsToThirdOrder(fromSmiles("CC(=O)[O-].[Na+]"));
  const keys = Array.from(from, (i, e) => i * 100 + to[e]);
  assert.deepEqual(
    keys,
    [...keys].sort((a, b) => a - b),
  );
  keys.forEach((_, e) => {
    const back = keys.indexOf(to[e] * 100 + from[e]);
    assert.equal(types[back], types[e]);
  });
  assert.ok(!from.includes(4) && !to.includes(4), "sodium has no edge");
});

test("a SMILES that cannot be is refused with its place and itself", async () => {
  const cases: [string, RegExp][] = [
    ["", /is empty/],
    ["CCO ethanol", /white space/],
    ["c1ccccc", /dangling ring closure/],
    ["[Xx]", /Unknown atom label/],
    ["C(C", /unbalanced parentheses/],
    ["C)C(", /ends where|unbalanced/],
    ["[NH4+", /square brackets/],
    ["*C", /contains "\*"/],
    ["CC>>CO", /contains ">"/],
    ["C(C)(C)(C)(C)C", /atom 0 \(C\) 5 bonds/],
    ["[CH5]", /5 bonds/],
    ["N(C)(C)(C)C", /atom 0 \(N\) 4 bonds/],
    ["c1cccc1", /radicals/],
    ["[H][H]", /no heavy atom/],
    ["[U]", /element 92/],
  ];
  for (const [smiles, wanted] of cases) {
    const message = await refusal(() => fromSmiles(smiles, "line 3 of a.csv"));
    assert.match(message, wanted);
    assert.ok(message.startsWith("line 3 of a.csv") && message.includes(smiles), message);
  }
});

test("charged and hypervalent atoms that do exist are read", () => {
  for (const smiles of ["C[N+](C)(C)C", "F[B-](F)(F)F", "CN=[N+]=[N-]", "CS(=O)(=O)C", "[C-]#[O+]"])
    assert.equal(fromSmiles(smiles).smiles, smiles);
  assert.deepEqual([...fromSmiles("CN(=O)=O").formalCharges].slice(0, 4), [0, 1, -1, 0]);
});

test("a molecule beyond the stated limit is refused", async () => {
  const message = await refusal(() => fromSmiles("C".repeat(200)));
  assert.match(message, new RegExp(`602 atoms; at most ${MAX_ATOMS}`));
});

test("bonds that cannot be are refused", async () => {
  const water = fromSmiles("O");
  const message = (bonds: [number, number, number][]) =>
    refusal(() => checkMolecule({ ...water, bonds }, "Water"));
  assert.match(await message([[0, 3, 1]]), /atoms 0 and 3; it must join two of the 3/);
  assert.match(await message([[0, 1, 4]]), /order 4/);
  const twice: [number, number, number] = [0, 1, 1];
  assert.match(await message([twice, twice]), /twice/);
});

test("the table of elements has symbols and radii where they belong", async () => {
  const at = (symbol: string) => atomicNumberOf(symbol, "x");
  assert.deepEqual(
    ["H", "C", "CL", "br", "I", "Hg", "Rn", "17", "D"].map(at),
    [1, 6, 17, 35, 53, 80, 86, 17, 1],
  );
  assert.equal(SYMBOLS.length, COVALENT_RADII.length);
  assert.deepEqual([COVALENT_RADII[1], COVALENT_RADII[6], COVALENT_RADII[53]], [0.31, 0.76, 1.39]);
  assert.match(await refusal(() => at("Uuo")), /x has an atom of element "Uuo"/);
});

test("offline molecules are 60 or more different ones of 8 to 30 atoms", () => {
  assert.ok(OFFLINE_SMILES.length >= 60);
  assert.equal(new Set(OFFLINE_SMILES).size, OFFLINE_SMILES.length);
  for (const smiles of OFFLINE_SMILES) {
    const size = fromSmiles(smiles).atomicNumbers.length;
    assert.ok(size >= 8 && size <= 30, `${smiles}: ${size}`);
  }
});
