import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import {
  BONDS_DIFFER,
  fromSmiles,
  GEOM_REASONS,
  readGeom,
  readMoleculeLines,
  readXyz,
  readXyzFrames,
  SkipCounts,
} from "../../../lib/data/molecules/index";
import { matchAtoms } from "../../../lib/data/molecules/match";
import { mapEntries } from "../../../lib/data/molecules/messagePack";
import { Stream } from "../../../lib/random/stream";
import { all, pieces, refusal } from "./support";

/** Acetaldehyde, CC=O, near its geometry; rows of Z, x, y, z. */
const ACETALDEHYDE: readonly number[][] = [
  [6, 0.0, 0.0, 0.0],
  [6, 1.5, 0.0, 0.0],
  [8, 2.11, 1.04, 0.0],
  [1, -0.36, 1.03, 0.0],
  [1, -0.37, -0.51, 0.88],
  [1, -0.37, -0.51, -0.88],
  [1, 2.05, -0.96, 0.0],
];

function xyzOf(rows: readonly number[][], comment = "a frame"): string {
  return `${rows.length}\n${comment}\n${rows.map((row) => row.join(" ")).join("\n")}\n`;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return Array.from(new Stream(["shuffle", seed]).permutation(items.length), (k) => items[k]);
}

/** With the methyl group's last hydrogen pulled 3 Å away. */
const BROKEN = ACETALDEHYDE.map((row, i) => (i === 5 ? [1, -0.37, -2.5, -3] : row));

test("XYZ frames have symbols or numbers, comments, and more columns than are read", async () => {
  const text = "\n2\nfirst\nC 0 0 0 0.5 x\n8  1.2e0 0 -.25\n1\n\nNa 1 2 3\n\n";
  const [a, b] = await all(readXyzFrames(pieces(text, 5), "a"));
  assert.deepEqual([[...a.atomicNumbers], a.comment], [[6, 8], "first"]);
  assert.deepEqual([...a.positions], [0, 0, 0, 1.2, 0, -0.25]);
  assert.deepEqual([[...b.atomicNumbers], b.comment], [[11], ""]);
});

test("atoms of an XYZ frame are put in the molecule's order, whatever theirs is", async () => {
  const molecule = fromSmiles("O=CC");
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const rows = shuffled(ACETALDEHYDE, seed);
      const skipped = new SkipCounts();
      const text = pieces(xyzOf(rows));
      const [conformer] = await all(readXyz(text, molecule, "a", skipped));
      assert.deepEqual([...conformer.positions].slice(0, 9), [2.11, 1.04, 0, 1.5, 0, 0, 0, 0, 0]);
      assert.deepEqual([...conformer.positions].slice(9, 12), [2.05, -0.96, 0]);
      assert.equal(skipped.count(), 0);
    }),
    { numRuns: 20 },
  );
});

test("frames whose bonds differ from the SMILES are counted and left out", async () => {
  const skipped = new SkipCounts();
  const text = [ACETALDEHYDE, BROKEN, ACETALDEHYDE, BROKEN].map((rows) => xyzOf(rows)).join("");
  const aldehyde = await all(readXyz(pieces(text), fromSmiles("CC=O"), "a.xyz", skipped));
  assert.equal(aldehyde.length, 2);
  assert.equal(skipped.count(BONDS_DIFFER), 2);
  assert.match(String(skipped), /^2 left out: bonds differ.*first: Frame 2 of a\.xyz \(line 10\)/);
  // Ethylene oxide and vinyl alcohol have the same elements, and other bonds.
  for (const isomer of ["C1CO1", "C=CO"])
    assert.deepEqual(
      await all(readXyz(pieces(text), fromSmiles(isomer), "a", new SkipCounts())),
      [],
    );
});

test("a bad XYZ file is refused in a sentence with the frame and its line", async () => {
  const good = xyzOf(ACETALDEHYDE);
  const molecule = fromSmiles("CC=O");
  const cases: [string, RegExp][] = [
    ["", /empty/],
    [`${good}${good.slice(0, 60)}`, /^Frame 2 of a \(line 10\) is truncated: it has \d of 7 atoms/],
    [good.replace("7\n", "seven\n"), /begins with "seven"/],
    [good.replace("7\n", "401\n"), /from 1 to 400/],
    [good.replace("8 2.11", "8 NaN"), /x coordinate NaN at atom 2/],
    [good.replace("1 -0.36 1.03 0", "1 0 0 0.2"), /atoms 0 and 3 at 0\.200 Å/],
    [good.replace("8 2.11", "Zz 2.11"), /element "Zz"/],
    [good.replace("8 2.11", "7 2.11"), /is C2H4N, but its SMILES CC=O is C2H4O/],
    [good.replace(/^7(.*\n){2}.*\n/, "6\n\n"), /6 atoms \(CH4O\), but its SMILES CC=O has 7/],
    [good.replace("2.11 1.04 0", "2.11 1.04"), /not a symbol followed by x, y and z/],
  ];
  for (const [text, wanted] of cases)
    assert.match(
      await refusal(() => readXyz(pieces(text), molecule, "a", new SkipCounts())),
      wanted,
    );
});

test("a molecule matches itself in any order, and no isomer of it", () => {
  const isomers = ["CCCCO", "CCOCC", "CC(C)CO", "CC(O)CC", "COC(C)C", "CC(C)(C)O"];
  isomers.forEach((a, k) => {
    const molecule = fromSmiles(a);
    const order = shuffled([...molecule.atomicNumbers.keys()], k);
    const place = order.map((_, i) => order.indexOf(i));
    const other = {
      atomicNumbers: Uint8Array.from(order, (i) => molecule.atomicNumbers[i]),
      bonds: molecule.bonds.map(([i, j]) => [place[i], place[j], 1] as const),
    };
    const image = matchAtoms(molecule, other)!;
    assert.equal(new Set(image).size, order.length);
    const bonds = new Set(other.bonds.flatMap(([i, j]) => [`${i} ${j}`, `${j} ${i}`]));
    for (const [i, j] of molecule.bonds) assert.ok(bonds.has(`${image[i]} ${image[j]}`));
    for (const b of isomers)
      assert.equal(matchAtoms(molecule, fromSmiles(b)) !== undefined, a === b, `${a} ${b}`);
  });
});

test("graphs alike to refinement are still told apart: two three-rings and a six-ring", () => {
  const carbons = Uint8Array.from({ length: 6 }, () => 6);
  const ring = (pairs: [number, number][]) => ({
    atomicNumbers: carbons,
    bonds: pairs.map(([i, j]) => [i, j, 1] as const),
  });
  const six = ring([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [0, 5]]); // biome-ignore format: one line
  const threes = ring([[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5]]); // biome-ignore format: one line
  assert.equal(matchAtoms(six, threes), undefined);
  assert.notEqual(matchAtoms(threes, threes), undefined);
});

const GEOM_CONFORMER = {
  geom_id: 17,
  set: 1,
  degeneracy: 2,
  totalenergy: -9.5,
  relativeenergy: 0.25,
  boltzmannweight: 0.75,
  xyz: ACETALDEHYDE,
};

test("GEOM: several maps behind each other, in pieces of any size; what differs is counted", async () => {
  const first = {
    "CC=O": { charge: 0, conformers: [GEOM_CONFORMER, { ...GEOM_CONFORMER, xyz: BROKEN }] },
    CCO: { conformers: [GEOM_CONFORMER] },
    "C(": { conformers: [GEOM_CONFORMER] },
  };
  const nan = ACETALDEHYDE.map((row) => [row[0], Number.NaN, row[2], row[3]]);
  const second = {
    "O=CC": {
      conformers: [
        { ...GEOM_CONFORMER, xyz: shuffled(ACETALDEHYDE, 1) },
        { ...GEOM_CONFORMER, xyz: nan },
        { ...GEOM_CONFORMER, xyz: "none" },
      ],
    },
    "CCC=O": {},
  };
  const bytes = Buffer.concat([encode(first), encode(second)]);
  for (const size of [1, 17, 1 << 20]) {
    const skipped = new SkipCounts();
    const [a, b, ...more] = await all(readGeom(pieces(bytes, size), "a", skipped));
    assert.equal(more.length, 0);
    assert.deepEqual(a.conformers, [
      {
        positions: Float64Array.from(ACETALDEHYDE.flatMap((row) => row.slice(1))),
        name: "17",
        relativeEnergy: 0.25,
        boltzmannWeight: 0.75,
      },
    ]);
    assert.equal(b.molecule.smiles, "O=CC");
    assert.deepEqual([...b.conformers[0].positions].slice(0, 3), [2.11, 1.04, 0]);
    const counts = (["bonds", "conformer", "smiles", "shape"] as const).map((reason) =>
      skipped.count(GEOM_REASONS[reason]),
    );
    assert.deepEqual(counts, [1, 2, 1, 2]);
  }
});

/** Whether an object inside the value has the key "__proto__", which the decoder refuses. */
function namesPrototype(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (Object.hasOwn(value, "__proto__") || Object.values(value).some(namesPrototype))
  );
}

test("MessagePack maps of every form are taken apart as the library decodes them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.string({ minLength: 1 }),
        fc.jsonValue().filter((value) => !namesPrototype(value)),
        { maxKeys: 20 },
      ),
      fc.integer({ min: 1, max: 400 }),
      async (value, size) => {
        const found = await all(mapEntries(pieces(encode(value), size), "a"));
        // As decoded, because −0 is written as the integer 0.
        const expected = Object.entries(value).map(([key, inner]) => [key, decode(encode(inner))]);
        assert.deepEqual(found, expected);
      },
    ),
    { numRuns: 30 },
  );
  // Long strings, binary, arrays and maps, and each width of number.
  const wide = {
    text: ["x".repeat(40), "x".repeat(300), "x".repeat(70000)],
    bytes: [new Uint8Array(3), new Uint8Array(300), new Uint8Array(70000)],
    list: Array.from({ length: 70000 }, (_, k) => k % 200),
    map: Object.fromEntries(Array.from({ length: 70000 }, (_, k) => [`${k}`, k])),
    numbers: [0, -1, 200, -100, 60000, -30000, 4e9, -2e9, 1e15, -1e15, 0.1, true, null],
    date: new Date(0),
  };
  const found = await all(mapEntries(pieces(encode(wide), 50000), "a"));
  assert.deepEqual(Object.fromEntries(found), wide);
});

test("a GEOM file that is empty, truncated or something else is refused", async () => {
  const bytes = encode({ "CC=O": { conformers: [GEOM_CONFORMER] }, CCO: { conformers: [] } });
  const read = (part: Uint8Array) =>
    refusal(() => readGeom(pieces(part, 64), "a.msgpack", new SkipCounts()));
  assert.match(await read(new Uint8Array()), /a\.msgpack is empty/);
  assert.match(await read(bytes.subarray(0, bytes.length - 5)), /truncated: .* lacks 1 entries/);
  assert.match(await read(bytes.subarray(0, 100)), /truncated: .* lacks 2 entries/);
  assert.match(await read(Buffer.from("[1, 2]")), /not a MessagePack map from SMILES/);
});

test('MessagePack: "__proto__" is a key like any other of the file\'s maps, and refused inside them', async () => {
  const named = (value: unknown) => Object.fromEntries([["__proto__", value]]);
  assert.deepEqual(await all(mapEntries(pieces(encode(named(1))), "a")), [["__proto__", 1]]);
  const message = await refusal(() => mapEntries(pieces(encode({ CCO: named(1) })), "a.msgpack"));
  assert.match(message, /^a\.msgpack has an entry that cannot be decoded \(.*__proto__.*\)/);
});

test("MessagePack: an entry that never ends is refused after 64 MiB, with memory in proportion", async () => {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  async function* endless() {
    // A map of one entry whose key is "a" and whose value is an array of 2³² − 1 byte strings.
    yield Uint8Array.of(0x81, 0xa1, 0x61, 0xdd, 0xff, 0xff, 0xff, 0xff);
    for (;;) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      const bytes = Buffer.alloc(1 << 20);
      bytes.writeUInt8(0xc6);
      bytes.writeUInt32BE(bytes.length - 5, 1);
      yield bytes;
    }
  }
  assert.match(await refusal(() => mapEntries(endless(), "a")), /an entry of more than 64 MiB/);
  assert.ok(most < 400 << 20, `${most >> 20} MiB`);
});

test("100,000 blank lines, or ten thousand entries that are not GEOM's, end the reading in a sentence", async () => {
  const empty = "\n".repeat(100_002);
  const sentence =
    /^a has more than 100,000 lines in a row with nothing in them, up to line 100001\./;
  const water = fromSmiles("O");
  for (const text of [empty, empty.replaceAll("\n", " \r\n")])
    for (const read of [
      () => readXyz(pieces(text, 1 << 20), water, "a", new SkipCounts()),
      () => readMoleculeLines(pieces(text, 1 << 20), "a"),
    ])
      assert.match(await refusal(read), sentence);
  // 10,000 pairs of small numbers, then megabytes more that are never read.
  let chunks = 0;
  async function* numbers() {
    yield Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff);
    for (; chunks < 100; chunks++) yield new Uint8Array(1 << 16).fill(1);
  }
  assert.match(
    await refusal(() => readGeom(numbers(), "a", new SkipCounts())),
    /^10,000 entries of a have no "conformers", the first being "1": this is not a file of GEOM\./,
  );
  assert.ok(chunks < 3, `${chunks} chunks were read`);
});
