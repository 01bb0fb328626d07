import assert from "node:assert/strict";
import { test } from "node:test";
import { csvParseRows } from "d3-dsv";
import fc from "fast-check";
import { toCsv } from "../../lib/metrics/csv";

test("cells with commas, quotes and line breaks are quoted as RFC 4180 says", () => {
  assert.equal(
    toCsv([
      { name: 'a "b", c', note: "two\nlines", x: 0.1 },
      { name: "d", note: null, x: 1e-300 },
    ]),
    'name,note,x\n"a ""b"", c","two\nlines",0.1\nd,,1e-300\n',
  );
});

test("rows with different columns share one header", () => {
  assert.equal(toCsv([{ a: 1 }, { b: 2, a: 3 }]), "a,b\n1,\n3,2\n");
  assert.equal(toCsv([{ a: 1, b: 2 }], ["b"]), "b\n2\n");
});

test("every string and every finite number survives a round trip", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", ";", "é", "0") });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  fc.assert(
    fc.property(
      fc.array(fc.record({ 'odd, "key"': text, value: number, last: fc.constant("end") }), {
        minLength: 1,
      }),
      (rows) => {
        const [header, ...cells] = csvParseRows(toCsv(rows));
        assert.deepEqual(header, ['odd, "key"', "value", "last"]);
        assert.deepEqual(
          cells.map(([a, b]) => [a, Number(b)]),
          rows.map((r) => [r['odd, "key"'], r.value]),
        );
      },
    ),
  );
});
