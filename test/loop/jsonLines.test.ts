import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatLines, parseLines } from "../../lib/loop/jsonLines";

test("a diverged loss is not a missing one: NaN and the infinities come back from JSON lines", () => {
  const rows = [{ loss: Number.NaN }, { loss: Number.POSITIVE_INFINITY }, { loss: null }, {}];
  const text = formatLines([...rows, { loss: Number.NEGATIVE_INFINITY }]);
  assert.equal(
    text,
    '{"loss":"NaN"}\n{"loss":"Infinity"}\n{"loss":null}\n{}\n{"loss":"-Infinity"}\n',
  );
  assert.deepEqual(parseLines(text), [...rows, { loss: Number.NEGATIVE_INFINITY }]);
});

test("any record of numbers and texts comes back equal, texts that read like numbers too", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom("NaN", "Infinity", "-Infinity", "\\NaN", "\\\\-Infinity", "\\x", "NaN "),
  );
  // JSON has no −0 either, and nobody needs it.
  const numbers = fc.double().map((value) => (value === 0 ? 0 : value));
  const cells = fc.oneof(texts, numbers, fc.constant(null), fc.boolean());
  const records = fc.array(fc.dictionary(texts, cells, { noNullPrototype: true }));
  fc.assert(
    fc.property(records, (given) => {
      assert.deepEqual(parseLines(formatLines(given)), given);
    }),
  );
});
