import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayoutAxis } from "plotly.js-dist";
import { axis, panelGrid } from "../../lib/figures/layout";

const options = { title: "t", x: { title: "x" }, y: { title: "y" } };
type Axes = Record<string, LayoutAxis>;

test("panels fill the plot area in rows from the top without overlap", () => {
  const { layout, panel } = panelGrid({ ...options, rows: 2, columns: 3 });
  const axes = layout as unknown as Axes;
  assert.deepEqual(panel(0, 0), { xaxis: "x", yaxis: "y" });
  assert.deepEqual(panel(1, 2), { xaxis: "x6", yaxis: "y6" });
  const across = ["xaxis", "xaxis2", "xaxis3"].map((name) => axes[name].domain!);
  assert.equal(across[0][0], 0);
  assert.ok(Math.abs(across[2][1] - 1) < 1e-12);
  for (const [a, b] of [0, 1].map((i) => [across[i], across[i + 1]])) assert.ok(a[1] < b[0]);
  assert.ok(axes.yaxis.domain![0] > axes.yaxis4.domain![1], "the first row is the upper one");
  assert.ok(Math.abs(axes.yaxis.domain![1] - 1) < 1e-12);
});

test("panels are as high as asked for, in pixels, whatever the number of rows", () => {
  for (const rows of [1, 2, 3]) {
    const { layout } = panelGrid({ ...options, rows, panelHeight: 210 });
    const inner = layout.height! - layout.margin!.t! - layout.margin!.b!;
    const [from, to] = (layout as unknown as Axes).yaxis.domain!;
    assert.ok(Math.abs((to - from) * inner - 210) < 1e-9);
  }
});

test("y is shared by all panels, by rows or by none, and labelled where it differs", () => {
  const grid = (shareY: "all" | "row" | "none") =>
    panelGrid({ ...options, rows: 2, columns: 2, shareY }).layout as unknown as Axes;
  const matches = (axes: Axes) => ["yaxis2", "yaxis3", "yaxis4"].map((name) => axes[name].matches);
  assert.deepEqual(matches(grid("all")), ["y", "y", "y"]);
  assert.deepEqual(matches(grid("row")), ["y", undefined, "y3"]);
  assert.deepEqual(matches(grid("none")), [undefined, undefined, undefined]);
  assert.equal(grid("all").yaxis2.showticklabels, false);
  assert.equal(grid("none").yaxis2.showticklabels, true);
});

test("only the bottom row labels x and only the first column names y", () => {
  const axes = panelGrid({ ...options, rows: 2, columns: 2 }).layout as unknown as Axes;
  assert.equal(axes.xaxis.title, undefined);
  assert.deepEqual(axes.xaxis3.title!.text, "x");
  assert.deepEqual(axes.yaxis.title!.text, "y");
  assert.equal(axes.yaxis2.title, undefined);
});

test("a logarithmic axis takes its range in data units and shows plain numbers", () => {
  const log = axis({ title: "loss", log: true, range: [0.01, 100] });
  assert.deepEqual([log.type, log.range, log.tickformat], ["log", [-2, 2], "~g"]);
});

test("row titles stand at the middle of their rows, column titles over their columns", () => {
  const { layout } = panelGrid({
    ...options,
    columns: 2,
    rowTitles: ["r"],
    columnTitles: ["a", "b"],
  });
  const [a, b, r] = layout.annotations!;
  assert.deepEqual([a.text, b.text, r.text, r.y, r.textangle], ["a", "b", "r", 0.5, 90]);
  assert.ok(Math.abs((a.x as number) + (b.x as number) - 1) < 1e-12);
});
