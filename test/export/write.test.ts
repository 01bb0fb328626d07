import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { csvParse } from "d3-dsv";
import { PNG } from "pngjs";
import { buildConformers } from "../../lib/data/molecules/buildConformers";
import { fromSmiles, readChunks, readMoleculeLines, readSdf } from "../../lib/data/molecules/index";
import { storiesOf } from "../../lib/data/text/storiesOf";
import { writeImages } from "../../lib/export/writeImages";
import { writeMolecules } from "../../lib/export/writeMolecules";
import { writeStories } from "../../lib/export/writeStories";
import { writeTable } from "../../lib/export/writeTable";
import { parseLines } from "../../lib/loop/jsonLines";
import { Stream } from "../../lib/random/stream";
import { temporaryFolder } from "../support/temporary";

const fileIn = (name: string) => path.join(temporaryFolder(), "new", name);
const refused = (work: () => unknown, message: RegExp) =>
  assert.throws(work, { name: "UserError", message });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const ROWS = [
  { n: 1, loss: 0.1 + 0.2, name: 'a "b", c\nd', big: 2 ** 40, mixed: 1, zero: -0, only: null },
  { n: -3, loss: Number.NaN, name: null, big: 1, mixed: "x", zero: 0, late: 5 },
  { n: 2, loss: Number.POSITIVE_INFINITY, name: "NaN", big: 2, mixed: null, zero: 0 },
  { n: 2, loss: Number.NEGATIVE_INFINITY, name: "ü", big: 2, mixed: 2, zero: 0 },
];

test("Parquet: every number, NaN, infinities, -0, nulls, and text, by another program's reader", async () => {
  const file = fileIn("a.parquet");
  writeTable(file, ROWS);
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const bytes = fs.readFileSync(file);
  const buffer = bytes.buffer.slice(
    bytes.byteOffset,
    bytes.byteOffset + bytes.length,
  ) as ArrayBuffer;
  const read = await parquetReadObjects({ file: buffer });
  const columns = ["n", "loss", "name", "big", "mixed", "zero", "only", "late"];
  const wanted = ROWS.map((row) => {
    const given: Record<string, unknown> = row;
    return Object.fromEntries(
      columns.map((name) => {
        const value = given[name] ?? null;
        return [name, name === "mixed" && value !== null ? String(value) : value];
      }),
    );
  });
  assert.deepEqual(read, wanted);
  const types = parquetMetadata(buffer).schema.slice(1);
  assert.deepEqual(
    types.map(({ name, type }) => [name, type]),
    [
      ["n", "INT32"],
      ["loss", "DOUBLE"],
      ["name", "BYTE_ARRAY"],
      ["big", "DOUBLE"],
      ["mixed", "BYTE_ARRAY"],
      ["zero", "DOUBLE"],
      ["only", "DOUBLE"],
      ["late", "INT32"],
    ],
  );
});

test("CSV: numbers keep every digit, NaN and infinities are words, null is an empty cell", () => {
  const file = fileIn("a.csv");
  writeTable(file, ROWS);
  const read = csvParse(fs.readFileSync(file, "utf8"));
  assert.deepEqual(
    read.map(({ loss }) => loss),
    ["0.30000000000000004", "NaN", "Infinity", "-Infinity"],
  );
  assert.deepEqual(
    read.map(({ name }) => name),
    [ROWS[0].name, "", "NaN", "ü"],
  );
  assert.deepEqual(
    read.map(({ late }) => late),
    ["", "5", "", ""],
  );
});

test("JSON lines keep what a row is; a table without rows or of another ending is refused", () => {
  const file = fileIn("a.jsonl");
  const rows = ROWS.map(({ zero: _, ...row }) => row);
  writeTable(file, rows);
  assert.deepEqual(parseLines(fs.readFileSync(file, "utf8")), rows);
  refused(() => writeTable(fileIn("a.xlsx"), rows), /has no ending of a table\. Valid: \.csv, \./);
  refused(() => writeTable(fileIn("a"), rows), /has no ending of a table/);
  refused(() => writeTable(fileIn("a.csv"), []), /has no rows or no columns/);
});

test("stories come back from text and from JSON lines", async () => {
  const stories = ['One "day",\n\nthe end.', "NaN", "Ünï 🐈"];
  const text = fileIn("a.txt");
  writeStories(text, stories);
  assert.deepEqual(await all(storiesOf(readChunks(text), text)), stories);
  const lines = fileIn("a.jsonl");
  const odd = [...stories, " x<|endoftext|>\r\n", ""];
  writeStories(lines, odd);
  const read = fs.readFileSync(lines, "utf8").trimEnd().split("\n");
  assert.deepEqual(
    read.map((line) => JSON.parse(line).text),
    odd,
  );
  refused(() => writeStories(fileIn("a.txt"), odd), /^Story 4 contains <\|endoftext\|>, which/);
  refused(() => writeStories(fileIn("a.doc"), odd), /no ending of a file of stories/);
});

test("images are PNG files in the order of the items, grey and in colour", () => {
  for (const channels of [1, 3] as const) {
    const size = { width: 3, height: 2, channels };
    const each = 6 * channels;
    const pixels = Uint8Array.from({ length: 12 * each }, (_, i) => (i * 37) % 256);
    const folder = path.dirname(fileIn("x"));
    assert.equal(writeImages(folder, pixels, size), 12);
    const names = fs.readdirSync(folder).sort();
    assert.deepEqual([names.length, names[0], names[11]], [12, "000000.png", "000011.png"]);
    names.forEach((name, i) => {
      const png = PNG.sync.read(fs.readFileSync(path.join(folder, name)));
      assert.deepEqual([png.width, png.height], [3, 2]);
      for (let p = 0; p < 6; p++)
        for (let c = 0; c < 3; c++)
          assert.equal(
            png.data[4 * p + c],
            pixels[i * each + p * channels + Math.min(c, channels - 1)],
          );
    });
    refused(() => writeImages(folder, pixels.subarray(1), size), /no whole number of 3 × 2 images/);
  }
});

test("molecules come back from an SD file to 1e-4 Å and from JSON lines bit by bit", async () => {
  const ensemble = buildConformers(0, new Stream(["test", "write"]), { maxConformers: 2 });
  const sdf = fileIn("a.sdf");
  writeMolecules(sdf, [ensemble]);
  const [read] = await all(readSdf(readChunks(sdf), sdf));
  assert.deepEqual(read.molecule.bonds, ensemble.molecule.bonds);
  read.conformers.forEach(({ positions }, k) => {
    positions.forEach((x, i) => {
      assert.ok(Math.abs(x - ensemble.conformers[k].positions[i]) <= 0.5001e-4);
    });
  });
  const lines = fileIn("a.jsonl");
  writeMolecules(lines, [ensemble]);
  assert.deepEqual(await all(readMoleculeLines(readChunks(lines), lines)), [ensemble]);
  refused(() => writeMolecules(fileIn("a.mol"), [ensemble]), /no ending of a file of molecules/);
  assert.equal(
    fromSmiles(ensemble.molecule.smiles).atomicNumbers.length,
    read.molecule.atomicNumbers.length,
  );
});
