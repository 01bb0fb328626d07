import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  type Ensemble,
  formatMoleculeLine,
  formatSdf,
  fromSmiles,
  readChunks,
  readMoleculeLines,
  readSdf,
  readSdfRecords,
} from "../../../lib/data/molecules/index";
import { sameMolecule } from "../../../lib/data/molecules/molecule";
import { temporaryFolder } from "../../support/temporary";
import { all, grid, pieces, refusal } from "./support";

function ensemble(smiles: string, conformers = 2): Ensemble {
  const molecule = { ...fromSmiles(smiles), id: `id of ${smiles}` };
  const positions = grid(molecule.atomicNumbers.length);
  return {
    molecule,
    conformers: Array.from({ length: conformers }, (_, k) => ({
      positions: positions.map((x, i) => x + 0.1234 * Math.sin(i + k)),
      name: `conformer ${k}`,
      relativeEnergy: k / 2,
      boltzmannWeight: 1 / conformers,
    })),
  };
}

const EXAMPLES = ["CCO", "C[N+](C)(C)CC([O-])=O", "c1ccncc1I", "OC#CC.[Na+].[Cl-]", "[13CH4]"];

test("what is written as JSON lines is read back bit by bit, in pieces of any size", async () => {
  const written = EXAMPLES.map((smiles) => ensemble(smiles));
  const text = `${written.map(formatMoleculeLine).join("\n")}\n\n`;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (size) => {
      assert.deepEqual(await all(readMoleculeLines(pieces(text, size), "a")), written);
    }),
    { numRuns: 5 },
  );
});

test("what is written as SDF is read back: atoms, charges, bonds, coordinates to 1e-4", async () => {
  const written = EXAMPLES.map((smiles) => ensemble(smiles));
  const read = await all(readSdf(pieces(written.map(formatSdf).join("")), "a.sdf"));
  assert.equal(read.length, written.length);
  read.forEach(({ molecule, conformers }, k) => {
    assert.ok(sameMolecule(molecule, written[k].molecule), EXAMPLES[k]);
    assert.deepEqual(molecule.aromaticBonds.length, written[k].molecule.aromaticBonds.length);
    assert.equal(conformers.length, 2);
    conformers.forEach(({ positions }, c) => {
      positions.forEach((x, i) => {
        assert.ok(Math.abs(x - written[k].conformers[c].positions[i]) <= 0.5001e-4);
      });
    });
  });
});

const V2000 = `acetate
  made by hand

  4  3  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0
    1.5000    0.0000    0.0000 C   0  3
    2.1000   -1.1000    0.5000 O   0  0
    2.1000    1.1000   -0.5000 O   0  5
  1  2  1  0
  3  2  2  0
  2  4  1  0
M  END
> <property>
4.5

$$$$
`;

test("V2000: charge codes count unless M CHG takes their place; properties are passed over", async () => {
  const [plain] = await all(readSdfRecords(pieces(V2000), "a"));
  assert.deepEqual([...plain.molecule.formalCharges], [0, 1, 0, -1]);
  assert.deepEqual(plain.molecule.bonds, [
    [0, 1, 1],
    [1, 2, 2],
    [1, 3, 1],
  ]);
  assert.deepEqual([...plain.conformer.positions].slice(3, 9), [1.5, 0, 0, 2.1, -1.1, 0.5]);
  assert.equal(plain.molecule.id, "acetate");
  const lines = "M  CHG  2   1   2   3  -1\nM  CHG  1   4  -2\nM  END";
  const [charged] = await all(readSdfRecords(pieces(V2000.replace("M  END", lines)), "a"));
  assert.deepEqual([...charged.molecule.formalCharges], [2, 0, -1, -2]);
});

const V3000 = `water and sodium\r
\r
\r
  0  0  0     0  0            999 V3000\r
M  V30 BEGIN CTAB\r
M  V30 COUNTS 4 2 0 0 0\r
M  V30 BEGIN ATOM\r
M  V30 7 O 0 0 0 0\r
M  V30 5 H 0.96 0 0 0\r
M  V30 9 H -0.24 -\r
M  V30 0.93 0 0\r
M  V30 2 Na 4.5e0 0 1 0 CHG=1\r
M  V30 END ATOM\r
M  V30 BEGIN BOND\r
M  V30 1 1 7 5\r
M  V30 2 1 9 7\r
M  V30 END BOND\r
M  V30 END CTAB\r
M  END\r
`;

test("V3000: any atom numbers, continued lines, charges, no dollars at the end", async () => {
  const [{ molecule, conformer }] = await all(readSdfRecords(pieces(V3000, 7), "a"));
  assert.deepEqual([...molecule.atomicNumbers], [8, 1, 1, 11]);
  assert.deepEqual([...molecule.formalCharges], [0, 0, 0, 1]);
  assert.deepEqual(molecule.bonds, [
    [0, 1, 1],
    [0, 2, 1],
  ]);
  assert.deepEqual([...conformer.positions], [0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0, 4.5, 0, 1]);
  const both = await all(readSdfRecords(pieces(`${V3000}$$$$\n${V2000}`), "a"));
  assert.equal(both.length, 2);
});

test("a bad SD file is refused in a sentence with the record and its line", async () => {
  const cases: [string, RegExp][] = [
    ["", /a\.sdf is empty/],
    ["\n\n", /no record/],
    [V2000.split("\n").slice(0, 6).join("\n"), /truncated after 6 lines/],
    [V2000.slice(0, 150), /"" where a coordinate should be/],
    [V2000.replace("M  END\n", ""), /"M {2}END"/],
    [V2000.replace(" O ", " Qq"), /atom 3 has an atom of element "Qq"/],
    [V2000.replace("    1.5000", "       nan"), /x coordinate NaN at atom 1/],
    [V2000.replace("    1.5000", "    x.5000"), /"x\.5000" where a coordinate/],
    [V2000.replace("    1.5000", "    0.2000"), /atoms 0 and 1 at 0\.200 Å/],
    [V2000.replace("  1  2  1", "  1  2  4"), /bond of type 4.*Kekulé/],
    [V2000.replace("  1  2  1", "  1  7  1"), /bond to atom 7; its atoms are 1 to 4/],
    [V2000.replace("V2000", "V9000"), /counts line/],
    [V3000.replace("COUNTS 4", "COUNTS 5"), /4 atoms and 2 bonds; its counts line says 5 and 2/],
    [V3000.replace("1 1 7 5", "1 1 7 6"), /atoms 7 and 6, which are not both there/],
  ];
  for (const [text, wanted] of cases)
    assert.match(await refusal(() => readSdfRecords(pieces(text), "a.sdf")), wanted);
  const second = await refusal(() => readSdfRecords(pieces(`${V2000}${V2000.slice(0, 150)}`), "a"));
  assert.match(second, /^Record 2 of a \(line 17\)/);
});

test("a bad line of JSON is refused in a sentence with its number", async () => {
  const good = JSON.parse(formatMoleculeLine(ensemble("CO", 1)));
  const changed = (change: (record: typeof good) => void) => {
    const record = structuredClone(good);
    change(record);
    return JSON.stringify(record);
  };
  const cases: [string, RegExp][] = [
    [JSON.stringify(good).slice(0, -20), /truncated/],
    ["7", /not an object/],
    [changed((r) => r.conformers[0].xyz.pop()), /17 coordinates.*6 atoms need 18/],
    [
      changed((r) => {
        r.conformers[0].xyz[4] = null;
      }),
      /y coordinate NaN at atom 1/,
    ],
    [changed((r) => r.conformers[0].xyz.copyWithin(3, 0, 3)), /atoms 0 and 1 at 0\.000 Å/],
    [
      changed((r) => {
        r.atomicNumbers[0] = 99;
      }),
      /element 99/,
    ],
    [changed((r) => r.atomicNumbers.fill(1)), /no heavy atom/],
    [changed((r) => r.formalCharges.pop()), /6 atoms, but 5 formal charges/],
    [changed((r) => r.conformers.pop()), /no conformer/],
    [changed((r) => delete r.bonds), /no list "bonds"/],
  ];
  for (const [line, wanted] of cases) {
    const text = `${JSON.stringify(good)}\n${line}\n`;
    const message = await refusal(() => readMoleculeLines(pieces(text), "a.jsonl"));
    assert.match(message, wanted);
    assert.match(message, /^Line 2 of a\.jsonl/);
  }
  assert.match(await refusal(() => readMoleculeLines(pieces(""), "a")), /a is empty/);
});

test("files are unpacked on the way; a broken one is named", async () => {
  const folder = temporaryFolder();
  const packed = gzipSync(V2000.repeat(3));
  const whole = path.join(folder, "a.sdf.gz");
  const broken = path.join(folder, "b.sdf.gz");
  writeFileSync(whole, packed);
  writeFileSync(broken, packed.subarray(0, packed.length - 12));
  const [only] = await all(readSdf(readChunks(whole), whole));
  assert.equal(only.conformers.length, 3);
  assert.match(await refusal(() => readChunks(broken)), /b\.sdf\.gz is truncated or damaged/);
  assert.match(await refusal(() => readChunks(path.join(folder, "c"))), /c cannot be read/);
});
