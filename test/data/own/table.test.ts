import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { chooseRows } from "../../../lib/data/own/table/choose";
import type { TableOptions } from "../../../lib/data/own/table/columns";
import { Moments } from "../../../lib/data/own/table/moments";
import { delimitedRows } from "../../../lib/data/own/table/rows";
import { surveyTable } from "../../../lib/data/own/table/survey";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { placeOf, READING } from "./support";

const ROWS = 40;
const stream = new Stream(["own table"]);
/** Two inputs of other scales, and a label with noise. */
const NUMBERS = Array.from({ length: ROWS }, () => {
  const [a, b, e] = stream.normals(new Float64Array(3));
  return [1000 + a, 5 * b, 3 * a - b + e];
});
const csv = (rows: readonly (readonly unknown[])[], header = "a,b,y", by = ",") =>
  `${[header, ...rows.map((row) => row.join(by))].join("\n")}\n`;
const survey = (content: string | Uint8Array, options: TableOptions = {}, name = "t.csv") =>
  surveyTable(placeOf(name, content), options, READING);

test("a table says its rows, columns and target; their means and deviations are those of all rows", async () => {
  const found = await survey(csv(NUMBERS));
  assert.deepEqual(
    [found.items, found.rows, found.target, found.inputs],
    [ROWS, ROWS, "y", ["a", "b"]],
  );
  for (const j of [0, 1, 2]) {
    const column = NUMBERS.map((row) => row[j]);
    const mean = column.reduce((a, b) => a + b, 0) / ROWS;
    const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / ROWS;
    assert.ok(Math.abs(found.means[j] - mean) < 1e-9 * Math.abs(mean) + 1e-12);
    assert.ok(Math.abs(found.scales[j] / Math.sqrt(variance) - 1) < 1e-9);
  }
  assert.match(found.said[0], /^t\.csv: 40 rows; "y" is explained by "a", "b" and a constant\./);
});

test("a target and columns to leave out are named; semicolons, tabs, quotes, BOM and gzip are read", async () => {
  const named = NUMBERS.map(([a, b, y], i) => [`"name; ${i}"\t`.trim(), a, b, y]);
  const semicolons = `\uFEFF${csv(named, "id;a;b;y", ";").replaceAll("\n", "\r\n")}`;
  const found = await survey(gzipSync(semicolons), { target: "a", without: ["id"] }, "t.csv.gz");
  assert.deepEqual([found.target, found.inputs], ["a", ["b", "y"]]);
  assert.match(found.said[1], /^Left out as asked: "id"\.$/);
  const tabs = await survey(csv(NUMBERS, "a\tb\ty", "\t"), {}, "t.tsv");
  assert.deepEqual(tabs.inputs, ["a", "b"]);
});

test("the chosen rows are scaled, have the constant first, and no row is on both sides", async () => {
  const place = placeOf("t.csv", csv(NUMBERS));
  const found = await surveyTable(place, {}, READING);
  const choose = () =>
    chooseRows(place, found, { train: 30, test: 10 }, Streams.ofSeed(0), READING);
  const { train, test: held } = await choose();
  assert.deepEqual(await choose(), { train, test: held });
  const back = [train, held].flatMap(({ x, y }) =>
    Array.from(y, (label, i) => {
      assert.equal(x[3 * i], 1);
      const values = [x[3 * i + 1], x[3 * i + 2], label];
      return values.map((v, j) => (v * found.scales[j] + found.means[j]).toFixed(6)).join();
    }),
  );
  const all = NUMBERS.map((row) => row.map((v) => v.toFixed(6)).join());
  assert.deepEqual(back.sort(), all.sort());
});

test("fields with line ends and quotation marks are whole, however the text is cut", async () => {
  const text = 'a,b\n"x\ny","say ""1"""\n2,3\n\n"4",5';
  const expected = [
    ["a", "b"],
    ["x\ny", 'say "1"'],
    ["2", "3"],
    ["4", "5"],
  ];
  for (let cut = 1; cut < text.length; cut++) {
    const pieces = async function* () {
      yield text.slice(0, cut);
      yield text.slice(cut);
    };
    const rows: (readonly string[])[] = [];
    for await (const some of delimitedRows(pieces(), "t.csv")) rows.push(...some);
    assert.deepEqual(rows, expected, `cut at ${cut}`);
  }
});

test("the unexplained share of a column is 1 − R² of its regression on those before it", () => {
  const moments = new Moments(3);
  // The third is the sum of the first two, which are uncorrelated, and of noise as large as either.
  for (const [a, b, e] of [
    [1, 1, 1],
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ])
    moments.add(Float64Array.of(1e6 + a, b, a + b + e));
  const shares = [...moments.unexplained()];
  for (const [i, share] of [1, 1, 1 / 3].entries())
    assert.ok(Math.abs(shares[i] - share) < 1e-9, `${shares}`);
});

const bad = (change: (row: (number | string)[], i: number) => (number | string)[]) =>
  csv(NUMBERS.map((row, i) => change([...row], i)));
const REFUSED: readonly [string, string, RegExp, TableOptions?][] = [
  [
    "missing values",
    bad(([a, b, y], i) => [a, i === 4 || i === 7 ? "NA" : b, y]),
    /^The column "b" of .*t\.csv misses 2 values \(first in row 5\)\. Remove or fill in those rows, or leave the column out with --without\.$/,
  ],
  [
    "a column of text",
    bad(([a, b, y]) => [a, `C${b}`, y]),
    /^The column "b" of .* is not numeric \(row 1: "C.*"\)\. Leave it out with --without b, or write/,
  ],
  ["a constant column", bad(([a, , y]) => [a, 7, y]), /^The column "b" of .* is constant\. Leave/],
  [
    "a constant target",
    bad(([a, b]) => [a, b, 0]),
    /^The target "y" of .* is constant: .*--target/,
  ],
  [
    "a column that others determine",
    bad(([a, , y]) => [a, 2 * Number(a) + 1, y]),
    /^The column "b" of .* is a linear function of the columns before it\. Leave it out with --without b\.$/,
  ],
  [
    "a target without noise",
    bad(([a, b]) => [a, b, 3 * Number(a) - Number(b)]),
    /^The target "y" of .* is an exact linear function of the other columns: /,
  ],
  [
    "too few rows",
    csv(NUMBERS.slice(0, 8)),
    /^.*t\.csv has 8 rows; with 2 input columns at least 20 are needed\.$/,
  ],
  [
    "rows of other lengths",
    bad((row, i) => (i === 2 ? row.slice(1) : row)),
    /^Row 3 of .* has 2 fields, and the header has 3\. Correct it/,
  ],
  ["no header", csv(NUMBERS.slice(1), "1,2,3"), /^The first line of .* is numbers; .* Add one\.$/],
  ["two columns of a name", csv(NUMBERS, "a,a,y"), /has two columns "a"\. Give each a name/],
  ["one column", "y\n1\n2\n", /has 1 column to use \(y\); a regression needs a target and/],
  [
    "an unknown target",
    csv(NUMBERS),
    /has no column "yy"\..*Its columns are a, b, y\.$/,
    { target: "yy" },
  ],
  [
    "a target that is left out",
    csv(NUMBERS),
    /^The column "y" cannot be the target and be left out at once\.$/,
    { target: "y", without: ["y"] },
  ],
  [
    "an open quotation mark",
    `a,b,y\n"1,2,3\n${"4,5,6\n".repeat(200_000)}`,
    /^A row of .* has more than 1,000,000 characters\. Close the quotation mark/,
  ],
];
for (const [what, content, message, options] of REFUSED)
  test(`a table is refused in one sentence: ${what}`, async () => {
    await assert.rejects(survey(content, options), { name: "UserError", message });
  });
