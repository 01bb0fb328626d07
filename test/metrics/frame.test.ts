import assert from "node:assert/strict";
import { test } from "node:test";
import type * as util from "node:util";
import { UserError } from "../../lib/errors";
import { fromFrame, toFrame } from "../../lib/metrics/frame";

test("danfojs and its TensorFlow find what Node 23 removed", () => {
  const removed = require("node:util") as Partial<typeof util>;
  delete removed.isNullOrUndefined;
  toFrame([{ loss: 1 }]);
  assert.equal(removed.isNullOrUndefined!(null), true);
});

test("rows survive the way into a danfojs frame and back, missing values included", () => {
  const rows = [
    { regime: "replace", iteration: 1, loss: 0.1, note: null },
    { regime: "a, b", iteration: 2, loss: null, note: "x" },
  ];
  const frame = toFrame(rows);
  assert.deepEqual(frame.columns, ["regime", "iteration", "loss", "note"]);
  assert.deepEqual(fromFrame(frame), rows);
  assert.deepEqual(fromFrame(frame.query(frame.iteration.gt(1))), [rows[1]]);
});

test("columns that a row lacks are missing values in the frame", () => {
  assert.deepEqual(fromFrame(toFrame([{ a: 1 }, { b: 2 }])), [
    { a: 1, b: null },
    { a: null, b: 2 },
  ]);
});

test("no rows make no frame, and rows hold neither booleans nor NaN", () => {
  assert.throws(() => toFrame([]), UserError);
  assert.throws(
    () => fromFrame({ columns: ["ok"], values: [[true]] } as never),
    /"ok" holds a boolean/,
  );
  assert.deepEqual(fromFrame({ columns: ["x"], values: [[Number.NaN]] } as never), [{ x: null }]);
});
