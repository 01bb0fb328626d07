import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data, Layout } from "plotly.js-dist";
import { validate } from "../../lib/export/validate";
import type { Figure } from "../../lib/figures/figure";
import { PROVENANCE } from "../figures/provenance";

/** Figures as JavaScript would let them through, so the types are set aside. */
function figure(trace: object, layout: object = {}, more: Partial<Figure> = {}): Figure {
  const data = [{ type: "scatter", x: [1, 2], y: [3, 4], ...trace }] as unknown as Data[];
  return { name: "f", data, layout: layout as Layout, alt: "a", provenance: PROVENANCE, ...more };
}

test("a sound figure passes, with missing points as null", () => {
  validate(figure({}));
  validate(figure({ y: [1, null] }));
  validate(figure({ type: "heatmap", x: undefined, y: undefined, z: [[1, null]] }));
});

test("what Plotly would silently ignore is refused by name", () => {
  assert.throws(() => validate(figure({ colour: "red" })), /Figure "f" cannot be drawn.*colour/);
  assert.throws(() => validate(figure({ marker: { size: "big" } })), /marker\.size.*big/);
  assert.throws(() => validate(figure({}, { title: "a string title" })), /title must be linked/);
  assert.throws(() => validate(figure({}, { xaxis: { title: "a" } })), /xaxis\.title/);
  assert.throws(() => validate(figure({}, { annotations: [{ texxt: "a" }] })), /texxt/);
  assert.throws(() => validate(figure({ type: "scater" })), /scater/);
});

test("empty, missing, non-finite and typed-array data are refused", () => {
  assert.throws(() => validate(figure({ y: [1, Number.NaN] })), /NaN in y.*written null/);
  assert.throws(() => validate(figure({ x: [1, Number.POSITIVE_INFINITY] })), /Infinity in x/);
  assert.throws(() => validate(figure({ x: [], y: [] })), /empty x/);
  assert.throws(() => validate(figure({ x: undefined, y: undefined })), /has no data/);
  assert.throws(() => validate(figure({ y: Float32Array.of(1, 2) })), /Float32Array.*Array\.from/);
});

test("a figure has a usable file name and alternative text", () => {
  assert.throws(() => validate(figure({}, {}, { name: "a/b" })), /file name/);
  assert.throws(() => validate(figure({}, {}, { alt: " " })), /alternative text/);
});

test("of many problems the first five are told and the rest counted", () => {
  const layout = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((k) => [`x_${k}`, 1]));
  assert.throws(() => validate(figure({}, layout)), /and 2 more/);
});
