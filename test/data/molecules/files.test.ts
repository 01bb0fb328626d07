import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { checkConformer } from "../../../lib/data/molecules/checkConformer";
import { groupConformers } from "../../../lib/data/molecules/groupConformers";
import {
  CONFORMER_BENCHMARK,
  conformerBenchmark,
  type Ensemble,
  formatMoleculeLine,
  formatSdf,
  fromSmiles,
  readChunks,
  readMoleculeLines,
  readSdf,
  readSdfRecords,
  readXyzFrames,
  SDF_REASONS,
  SkipCounts,
} from "../../../lib/data/molecules/index";
import { sameMolecule } from "../../../lib/data/molecules/molecule";
import { readLines } from "../../../lib/data/molecules/readLines";
import { findSource } from "../../../lib/data/source";
import { UserError } from "../../../lib/errors";
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
  const records = readSdfRecords(pieces(written.map(formatSdf).join("")), "a.sdf");
  const read = await all(groupConformers(records));
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
    [V2000.replace("O   0  5", "O   0  9"), /atom 4 has the charge code 9; the format has 0 to 7/],
    [V2000.replace("  4  3  0", " -4  3  0"), /has "-4" where the number of atoms should be/],
    [V3000.replace("COUNTS 4", "COUNTS -4"), /has "-4" where a count should be/],
    [V2000.replace("    1.5000", "    0.2000"), /atoms 0 and 1 at 0\.200 Å/],
    [V2000.replace("  1  2  1", "  1  2  4"), /bond of type 4.*Kekulé/],
    [V2000.replace("  1  2  1", "  1  7  1"), /bond to atom 7; its atoms are 1 to 4/],
    [V2000.replace("V2000", "V9000"), /counts line/],
    [V3000.replace("COUNTS 4", "COUNTS 5"), /4 atoms and 2 bonds; its counts line says 5 and 2/],
    [V3000.replace("1 1 7 5", "1 1 7 6"), /atoms 7 and 6, which do not both exist/],
  ];
  for (const [text, wanted] of cases)
    assert.match(await refusal(() => readSdfRecords(pieces(text), "a.sdf")), wanted);
  const second = await refusal(() => readSdfRecords(pieces(`${V2000}${V2000.slice(0, 150)}`), "a"));
  assert.match(second, /^Record 2 of a \(line 17\)/);
});

/** A MOL block of atoms "symbol x y z" and bonds "i j order", and lines before its end. */
function molBlock(
  atoms: readonly string[],
  bonds: readonly string[],
  { properties = [], program = "" }: { properties?: string[]; program?: string } = {},
): string {
  const column = (text: string | number, width: number) => String(text).padStart(width);
  const rows = atoms.map((atom) => {
    const [symbol, ...xyz] = atom.split(" ");
    return `${xyz.map((x) => column(Number(x).toFixed(4), 10)).join("")} ${symbol.padEnd(3)} 0  0`;
  });
  const lines = bonds.map(
    (bond) =>
      `${bond
        .split(" ")
        .map((n) => column(n, 3))
        .join("")}  0`,
  );
  const counts = `${column(atoms.length, 3)}${column(bonds.length, 3)}  0  0  0  0  0  0  0  0999 V2000`;
  return [`mol`, program, "", counts, ...rows, ...lines, ...properties, "M  END", ""].join("\n");
}

const WATER_ATOMS = ["O 0 0 0", "H 0.96 0 0", "H -0.24 0.93 0"];
const WATER = `${molBlock(WATER_ATOMS, ["1 2 1", "1 3 1"])}$$$$\n`;
/** A regular hexagon of carbons, with hydrogens outside if wanted. */
const ring = (radius: number, hydrogens: boolean) => {
  const at = (symbol: string, r: number) =>
    Array.from({ length: 6 }, (_, k) =>
      [symbol, r * Math.cos((k * Math.PI) / 3), r * Math.sin((k * Math.PI) / 3), 0].join(" "),
    );
  const bonds = Array.from({ length: 6 }, (_, k) => `${k + 1} ${((k + 1) % 6) + 1} ${1 + (k % 2)}`);
  const outer = Array.from({ length: 6 }, (_, k) => `${k + 1} ${k + 7} 1`);
  return hydrogens
    ? ([
        [...at("C", radius), ...at("H", radius + 1.09)],
        [...bonds, ...outer],
      ] as const)
    : ([at("C", radius), bonds] as const);
};

test("MOL blocks without a line of dollars between them, or with blanks before it, are records of their own", async () => {
  const block = molBlock(WATER_ATOMS, ["1 2 1", "1 3 1"]);
  const sizes = async (text: string) =>
    (await all(readSdfRecords(pieces(text, 100), "a"))).map((r) => r.molecule.atomicNumbers.length);
  const methane = molBlock(["C 0 0 0", "H 1.09 0 0"], ["1 2 1"]);
  assert.deepEqual(await sizes(block + methane + block), [3, 2, 3]);
  assert.deepEqual(await sizes(`${block}\n${methane}\n`), [3, 2]);
  assert.deepEqual(await sizes(`${block}   $$$$\n${methane}$$$$\n${block}`), [3, 2, 3]);
  assert.deepEqual(await sizes(`${V3000}${block}${V3000}`), [4, 3, 4]);
  // A property without dollars after it: what belongs to which record cannot be told.
  assert.match(
    await refusal(() => readSdfRecords(pieces(`${block}> <a>\n1\n\n${methane}`), "a")),
    /^Record 1 of a \(line 1\) is followed by another one \(line 17\) without a line "\$\$\$\$" between them/,
  );
});

test("what is not a conformer is refused: drawings, missing hydrogens, too many bonds, radicals, impossible lengths", async () => {
  const refused = (text: string) => refusal(() => readSdf(pieces(text), "a.sdf"));
  const tetrahedron = ["1 1 1", "1 -1 -1", "-1 1 -1", "-1 -1 1"].map((corner) =>
    corner
      .split(" ")
      .map((x) => 0.63 * Number(x))
      .join(" "),
  );
  const methane = ["C 0 0 0", ...tetrahedron.map((xyz) => `H ${xyz}`)];
  const four = [2, 3, 4, 5].map((k) => `1 ${k} 1`);
  assert.equal((await all(readSdf(pieces(molBlock(methane, four)), "a"))).length, 1);
  assert.equal((await all(readSdf(pieces(molBlock(...ring(1.39, true))), "a"))).length, 1);
  const cases: [string, RegExp][] = [
    [molBlock(...ring(1.39, false)), /mol lacks 6 hydrogens, the first at atom 0 \(C\)/],
    [
      molBlock(...ring(1, true)),
      /bond of 1\.00 Å between atom 0 \(C\) and atom 1 \(C\), where 1\.14/,
    ],
    [
      molBlock(...ring(1.39, true), { program: "  program 01010101012D" }),
      /is a drawing in two dimensions \("2D"\)/,
    ],
    [
      molBlock(["C 0 0 0", "H 1 0 0", "H -1 0 0", "H 0 1 0", "H 0 -1 0"], four),
      /is flat .* atom 0 \(C\) has four neighbours/,
    ],
    [molBlock([...methane, "H 0 0 1.2"], [...four, "1 6 1"]), /gives atom 0 \(C\) 5 bonds/],
    [
      molBlock(methane.slice(0, 4), four.slice(0, 3)),
      /has an odd number of electrons \(9\); radicals are not supported/,
    ],
    [
      molBlock(methane, four, { properties: ["M  RAD  1   1   2"] }),
      /line "M {2}RAD {2}1 {3}1 {3}2", is a radical/,
    ],
    [molBlock(methane, four).replace("C   0  0", "C   0  4"), /atom 1 is a radical/],
    [
      molBlock(methane, four, { properties: ["M  CHG  1   1 200"] }),
      /charge 200; formal charges are −15 to 15/,
    ],
    [molBlock(methane, four, { properties: ["M  ZBO  1   1   0"] }), /zero-order bonds/],
    [V3000.replace("CHG=1", "RAD=2"), /atom 2 is a radical/],
    [V3000.replace("CHG=1", "CHG=-16"), /charge -16/],
  ];
  for (const [text, sentence] of cases) assert.match(await refused(text), sentence);
});

/** A tetrahedral CH4 whose carbon has another symbol if wanted, and lines before "M  END". */
const methane = (properties: string[] = [], symbol = "C") =>
  molBlock(
    [
      `${symbol} 0 0 0`,
      ...["0.63 0.63 0.63", "0.63 -0.63 -0.63", "-0.63 0.63 -0.63", "-0.63 -0.63 0.63"].map(
        (xyz) => `H ${xyz}`,
      ),
    ],
    [2, 3, 4, 5].map((k) => `1 ${k} 1`),
    { properties },
  );

test("isotopes are no conformers' atoms, in whichever way they are written", async () => {
  const v3000 = V3000.replace("CHG=1", "MASS=23");
  const otherMass = methane().replace("C   0  0", "C   1  0");
  const heavyWater = WATER.replace("H   0", "D   0");
  for (const [text, mark] of [
    [methane(["M  ISO  1   1  13"]), "M {2}ISO {2}1 {3}1 {2}13"],
    [otherMass, ".* C {3}1 {2}0"],
    [heavyWater, "D"],
    [v3000, "MASS=23"],
  ])
    assert.match(
      await refusal(() => readSdf(pieces(text), "a")),
      new RegExp(`has isotopes \\("${mark}"\\)`),
    );
  // The plain reader of records tells where atoms are, whatever their masses.
  assert.equal((await all(readSdfRecords(pieces(heavyWater), "a"))).length, 1);
});

test("records that are no conformers are left out with their reasons if these are counted; damage is refused", async () => {
  const bad: [string, string][] = [
    [SDF_REASONS.hydrogens, molBlock(...ring(1.39, false))],
    [SDF_REASONS.drawing, molBlock(...ring(1.39, true), { program: "  program 01010101012D" })],
    [SDF_REASONS.valence, molBlock(["H 0 0 0", "C 1 0 0", "H 2 0 0"], ["1 2 1", "1 3 1"])],
    [SDF_REASONS.radical, methane(["M  RAD  1   1   2"])],
    [SDF_REASONS.radical, molBlock(WATER_ATOMS.slice(0, 2), ["1 2 1"])],
    [SDF_REASONS.isotopes, methane(["M  ISO  1   1  13"])],
    [SDF_REASONS.charge, methane(["M  CHG  1   1 200"])],
    [SDF_REASONS.bondType, methane(["M  ZBO  1   1   0"])],
    [SDF_REASONS.bondType, molBlock(WATER_ATOMS, ["1 2 4", "1 3 1"])],
    [SDF_REASONS.bondLength, molBlock(["O 0 0 0", "H 2 0 0", "H 0 0.96 0"], ["1 2 1", "1 3 1"])],
    [SDF_REASONS.coincident, molBlock(["O 0 0 0", "H 0 0 0", "H 0 0 0"], ["1 2 1", "1 3 1"])],
    [SDF_REASONS.element, methane([], "R#")],
    [SDF_REASONS.element, methane([], "U")],
    [SDF_REASONS.size, molBlock(["H 0 0 0", "H 0.74 0 0"], ["1 2 1"])],
  ];
  const skipped = new SkipCounts();
  const text = [WATER, ...bad.map(([, block]) => `${block}$$$$\n`), WATER].join("");
  const read = await all(readSdf(pieces(text), "a.sdf", skipped));
  assert.deepEqual(
    read.map(({ conformers }) => conformers.length),
    [2],
  );
  for (const reason of Object.values(SDF_REASONS))
    assert.equal(skipped.count(reason), bad.filter(([why]) => why === reason).length, reason);
  assert.match(String(skipped), /2 left out: a radical \(first: Record 5 of a\.sdf \(line \d+\)\)/);
  for (const [, block] of bad) await refusal(() => readSdf(pieces(block), "a.sdf"));
  const damaged = WATER.replace("0.9600", "x.9600");
  assert.match(
    await refusal(() => readSdf(pieces(damaged), "a.sdf", new SkipCounts())),
    /"x\.9600" where a coordinate/,
  );
});

test("a MOL block without its end is not taken for the record of the next one", async () => {
  const open = methane().replace("M  END\n", "");
  assert.match(
    await refusal(() => readSdf(pieces(open + methane()), "a")),
    /^Record 1 of a \(line 1\) has no line "M {2}END": another MOL block begins before line 17\. Add it\.$/,
  );
});

test("the benchmark's first 100 molecules pass as conformers", {
  skip: findSource(CONFORMER_BENCHMARK)
    ? false
    : "molecules/conformer-benchmark.jsonl lies in no directory of COLLAPSE_LAB_DATA.",
}, async () => {
  let count = 0;
  for await (const { molecule, conformers } of conformerBenchmark()) {
    checkConformer(molecule, conformers[0].positions, `${molecule.id}`);
    if (++count === 100) break;
  }
});

test("files that are damaged at random places are read or refused in a sentence, never by another error", async () => {
  const texts = [V2000 + WATER, V3000, "2\n\nC 0 0 0\nO 1.2 0 0\n".repeat(2)];
  const readers = [readSdf, readSdfRecords, readMoleculeLines, readXyzFrames];
  const lines = `${formatMoleculeLine(ensemble("CO", 1))}\n`;
  const piece = fc.constantFrom("", " ", "\n", "0x2", "1e2", "1.5", "-1", "null", "{}", "[", "999");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts, lines),
      fc.constantFrom(...readers),
      fc.array(fc.tuple(fc.nat(400), fc.nat(12), piece), { minLength: 1, maxLength: 3 }),
      async (text, reader, edits) => {
        let damaged = text;
        for (const [at, length, inserted] of edits)
          damaged = damaged.slice(0, at) + inserted + damaged.slice(at + length);
        try {
          await all<unknown>(reader(pieces(damaged, 64), "a"));
        } catch (error) {
          assert.ok(error instanceof UserError, `${error}\n${damaged}`);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("counts and indices are whole numbers in digits: 1.5, 0x2 and 1e2 are refused where they stand", async () => {
  const block = molBlock(WATER_ATOMS, ["1 2 1", "1 3 1"]);
  for (const count of ["1.5", "0x2", "1e2"]) {
    const refused = (text: string) => refusal(() => readSdfRecords(pieces(text), "a"));
    assert.match(
      await refused(block.replace("  3  2  0", `${count}  2  0`)),
      new RegExp(`has "${count}" where the number of atoms should be`),
    );
    assert.match(
      await refused(block.replace("  1  2  1", `${count}  2  1`)),
      new RegExp(`bond 1 has "${count}" where a bond's number should be`),
    );
    assert.match(
      await refused(V3000.replace("COUNTS 4", `COUNTS ${count}`)),
      new RegExp(`has "${count}" where a count should be`),
    );
  }
});

test("a line of many chunks takes time in proportion to its length", async () => {
  const joined: string[] = [];
  // 16 MiB in chunks of 4 KiB: joined chunk by chunk this would copy 32 GiB.
  const text = "x".repeat(16 << 20);
  for await (const { text: line } of readLines(pieces(`${text}\nend`, 4096), "a"))
    joined.push(line);
  assert.deepEqual(
    joined.map((line) => line.length),
    [16 << 20, 3],
  );
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
  const packed = gzipSync(WATER.repeat(3));
  const whole = path.join(folder, "a.sdf.gz");
  const broken = path.join(folder, "b.sdf.gz");
  writeFileSync(whole, packed);
  writeFileSync(broken, packed.subarray(0, packed.length - 12));
  const [only] = await all(readSdf(readChunks(whole), whole));
  assert.equal(only.conformers.length, 3);
  assert.match(await refusal(() => readChunks(broken)), /b\.sdf\.gz is truncated or damaged/);
  assert.match(await refusal(() => readChunks(path.join(folder, "c"))), /c cannot be read/);
});
