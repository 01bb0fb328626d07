import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterData } from "plotly.js-dist";
import { validate } from "../../lib/export/validate";
import { curves } from "../../lib/figures/curves";
import type { Figure } from "../../lib/figures/figure";
import { rangeOf } from "../../lib/figures/range";
import { relativeToFirst } from "../../lib/figures/relative";
import { TAB10 } from "../../lib/figures/style";
import { PROVENANCE, ROWS } from "./provenance";

const about = { name: "c", title: "t", alt: "a", provenance: PROVENANCE, rows: ROWS };
const loss = { column: "loss", title: "Loss" };

const traces = (figure: Figure) => figure.data as Partial<ScatterData>[];
const bold = (figure: Figure) => traces(figure).filter((t) => t.mode === "lines+markers");

test("each regime has its panel with the mean over seeds, each seed and the 95 % interval", () => {
  const figure = curves({ ...about, metrics: [loss] });
  validate(figure);
  const [replace, accumulate] = bold(figure);
  assert.deepEqual(replace.y, [11.5, 12.5, 13.5]);
  assert.deepEqual([replace.xaxis, accumulate.xaxis], ["x", "x2"]);
  assert.deepEqual(accumulate.y, [1.5, 2.5, 3.5]);
  assert.equal(traces(figure).filter((t) => t.mode === "lines" && !t.fill).length, 4);
  const band = traces(figure).find((t) => t.fill)!;
  // Two values 1 apart: mean ± t(0.975, 1) · (1/√2)/√2.
  const half = Math.tan((0.95 * Math.PI) / 2) / 2;
  assert.ok(Math.abs((band.y as number[])[0] - (11.5 + half)) < 1e-9);
});

test("a single seed is a line without an interval", () => {
  const figure = curves({ ...about, rows: ROWS.filter((r) => r.seed === 0), metrics: [loss] });
  assert.equal(figure.data.length, 2);
  assert.deepEqual(bold(figure)[1].y, [1, 2, 3]);
});

test("published values stand in their panel, in the colour of their series", () => {
  const pub = { panel: "accumulate", series: "accumulate", x: [1, 2], y: [5, 6] };
  const figure = curves({ ...about, metrics: [loss], published: [pub] });
  validate(figure);
  const points = traces(figure).filter((t) => t.name === "published");
  assert.deepEqual([points[0].xaxis, points[0].y], ["x2", [5, 6]]);
  assert.equal(points[0].marker!.color, bold(figure)[1].line!.color);
  assert.deepEqual(
    points.filter((t) => t.showlegend).map((t) => t.y),
    [[null]],
  );
});

test("relative curves and relative published values all begin at 1", () => {
  const pub = { panel: "replace", series: "replace", x: [1, 2], y: [0.02, 0.03] };
  const figure = curves({ ...about, metrics: [loss], published: [pub], relative: true });
  for (const t of traces(figure).filter((t) => t.mode !== "markers" && !t.fill))
    assert.equal((t.y as number[])[0], 1);
  const points = traces(figure).find((t) => t.name === "published")!;
  assert.deepEqual(points.y, [1, 1.5]);
  // Seed by seed: seed 0 goes 1, 2, 3 and seed 1 goes 1, 3/2, 2; their mean ends at 2.5.
  assert.equal((bold(figure)[1].y as number[])[2], 2.5);
});

test("each metric has its row of panels with a y range of its own", () => {
  const figure = curves({ ...about, metrics: [loss, { column: "kl", title: "KL" }] });
  validate(figure);
  assert.deepEqual(
    bold(figure).map((t) => `${t.xaxis}${t.yaxis}`),
    ["xy", "x2y2", "x3y3", "x4y4"],
  );
  const layout = figure.layout as Record<string, { matches?: string }>;
  assert.deepEqual([layout.yaxis2.matches, layout.yaxis4.matches], ["y", "y3"]);
  assert.equal(layout.yaxis3.matches, undefined);
});

test("models get a colour and a legend entry each; without panels so do regimes", () => {
  const rows = ROWS.map((r) => ({ ...r, model: r.seed === 0 ? "A" : "B" }));
  const models = curves({ ...about, rows, colourBy: "model", metrics: [loss] });
  const shown = traces(models).filter((t) => t.showlegend);
  assert.deepEqual(
    shown.map((t) => [t.name, t.line!.color]),
    [
      ["A", TAB10[0]],
      ["B", TAB10[1]],
    ],
  );
  const overlay = curves({ ...about, metrics: [loss], panelBy: null });
  validate(overlay);
  assert.deepEqual(
    traces(overlay)
      .filter((t) => t.showlegend)
      .map((t) => t.name),
    ["Replace", "Accumulate"],
  );
});

test("a relative curve needs a first value that is not zero", () => {
  const rows = [{ seed: 4, iteration: 1, loss: 0 }];
  assert.throws(() => relativeToFirst(rows, "iteration", "loss"), /seed 4: that is 0/);
});

test("the y range shows all points and near intervals whole, but is not ruled by wide ones", () => {
  assert.deepEqual(rangeOf([0, 10], [], false), [-0.6, 10.6]);
  assert.deepEqual(rangeOf([0, 10], [-1, 12], false), [-1.6, 12.6]);
  assert.deepEqual(rangeOf([0, 10], [-1000, 1000, null], false), [-5.6, 15.6]);
  const [from, to] = rangeOf([1, 100], [0, -3], true);
  assert.ok(from > 0 && from < 1 && to > 100 && to < 200);
  const [low, high] = rangeOf([3, 3], [], false);
  assert.ok(low < 3 && high > 3);
});

test("panels that share y share its range, on a log axis as powers of ten", () => {
  const figure = curves({ ...about, metrics: [loss, { column: "kl", title: "KL", log: true }] });
  validate(figure);
  const axes = figure.layout as Record<string, { range: [number, number] }>;
  assert.deepEqual(axes.yaxis.range, axes.yaxis2.range);
  assert.ok(axes.yaxis.range[0] < 1 && axes.yaxis.range[1] > 14);
  assert.ok(axes.yaxis3.range[0] < Math.log10(4 / 3) && axes.yaxis3.range[1] > Math.log10(4));
});
