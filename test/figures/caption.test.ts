import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CAPTION, captionText, seedText, withCaption, wrap } from "../../lib/figures/caption";
import { panelGrid } from "../../lib/figures/layout";
import { PROVENANCE } from "./provenance";

test("seeds are written as runs with their number", () => {
  const upTo99 = Array.from({ length: 100 }, (_, i) => i);
  assert.equal(seedText(upTo99), "seeds 0–99 (n = 100)");
  assert.equal(seedText([7, 0, 2, 1]), "seeds 0–2, 7 (n = 4)");
  assert.equal(seedText([3]), "seed 3 (n = 1)");
  assert.equal(seedText([]), "");
});

test("a caption names preset, data, seeds, software, commit and the difference from the paper", () => {
  assert.deepEqual(captionText({ ...PROVENANCE, differs: "one seed" }), [
    "preset quick · generated · seeds 0–1 (n = 2) · collapse-lab 0.1.0 (abc1234) · Node 20 · Plotly 4",
    "Differs from the paper: one seed",
  ]);
  assert.deepEqual(captionText({ preset: "", dataset: "", seeds: [], versions: {} }), [""]);
});

test("the caption makes the figure taller and leaves the plot area as it is", () => {
  const { layout } = panelGrid({ title: "t", x: { title: "x" }, y: { title: "y" } });
  const figure = {
    name: "f",
    data: [],
    layout,
    alt: "a",
    provenance: { ...PROVENANCE, dataset: "a<b" },
  };
  const full = withCaption(figure);
  const room = full.layout.height! - layout.height!;
  assert.ok(room > 0);
  assert.equal(full.layout.margin!.b! - layout.margin!.b!, room);
  const note = full.layout.annotations!.find((a) => a.name === CAPTION)!;
  assert.match(note.text!, /a&lt;b/);
  const long = { ...figure, provenance: { ...PROVENANCE, differs: "word ".repeat(100) } };
  assert.ok(
    withCaption(long).layout.height! > full.layout.height!,
    "a longer one takes more lines",
  );
});

test("wrapping loses no word and no line is longer than allowed unless one word is", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 40 }), (list, letters) => {
      const lines = wrap(list.join(" "), letters);
      assert.equal(lines.join(" "), list.join(" "));
      for (const line of lines) assert.ok(line.length <= letters || !line.includes(" "), line);
    }),
  );
});

test("long names break after their hyphens if asked, short ones stay whole", () => {
  assert.deepEqual(wrap("Accumulate-Subsample", 16, true), ["Accumulate-", "Subsample"]);
  assert.deepEqual(wrap("Accumulate-Subsample", 20, true), ["Accumulate-Subsample"]);
  assert.deepEqual(wrap("a - b", 20, true), ["a - b"]);
  assert.deepEqual(wrap("Accumulate-Subsample", 16), ["Accumulate-Subsample"]);
});

test("a narrow caption breaks between its parts, not inside them", () => {
  const layout = { width: 400, height: 300, margin: { b: 40 } };
  const full = withCaption({ name: "f", data: [], layout, alt: "a", provenance: PROVENANCE });
  const text = full.layout.annotations!.find((a) => a.name === CAPTION)!.text!;
  const lines = text.replaceAll("\u00a0", " ").split("<br>");
  assert.ok(lines.length > 1);
  assert.equal(lines.join(" "), captionText(PROVENANCE)[0]);
  for (const line of lines.slice(0, -1)) assert.match(line, / ·$/);
});
