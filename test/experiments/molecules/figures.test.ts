import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterData } from "plotly.js-dist";
import { moleculesClaims } from "../../../lib/experiments/molecules/claims";
import { describePreset } from "../../../lib/experiments/molecules/describe";
import {
  conformerFigure,
  conformerScenes,
  moleculesFigures,
} from "../../../lib/experiments/molecules/figures";
import { referenceOf } from "../../../lib/experiments/molecules/pictures";
import { configOf, type MoleculesPreset } from "../../../lib/experiments/molecules/preset";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import type { Figure } from "../../../lib/figures/figure";
import { PRESET, publishedRows } from "./rows";

const provenance = { preset: "quick", versions: { node: "1" }, ...describePreset(PRESET) };
const figures = Object.fromEntries(
  moleculesFigures(publishedRows(), PRESET, provenance).map((figure) => [figure.name, figure]),
);
const traces = (figure: Figure) => figure.data as Partial<ScatterData>[];

test("Plotly draws every figure as it is meant, and each says preset, data, seeds and differences", () => {
  assert.deepEqual(Object.keys(figures), [
    ...["figure-04-molecule-diffusion", "figure-04-molecule-diffusion-relative"],
    ...["molecules-sampling-steps", "molecules-loss-parts", "molecules-noise-levels"],
    ...["molecules-conformers", "molecules-coverage", "molecules-coverage-thresholds"],
    ...["molecules-geometry", "molecules-soundness"],
  ]);
  for (const figure of Object.values(figures)) {
    validate(figure);
    const notes = withCaption(figure).layout.annotations ?? [];
    const text = notes.map((note) => note.text).join(" ");
    const seeds = figure.name === "molecules-conformers" ? /seed.0/ : /seeds.0–2/;
    for (const part of [/preset.quick/, /offline.molecules/, seeds, /Differs from the paper/])
      assert.match(text, part, figure.name);
  }
});

test("Figure 4 has the published points as far as our iterations go, in its relative form from 1 on", () => {
  const published = (name: string) =>
    traces(figures[name])
      .filter((t) => t.name === "published" && (t.x?.length ?? 0) > 1)
      .map((t) => t.y as number[]);
  assert.deepEqual(published("figure-04-molecule-diffusion"), [
    [52.17, 339.15, 355.25, 371.45, 370.13],
    [52.17, 75.91, 82.68, 85.37, 87.82],
  ]);
  const relative = published("figure-04-molecule-diffusion-relative");
  assert.deepEqual(
    relative.map((y) => [y[0], y.at(-1)!.toFixed(3)]),
    [
      [1, "7.095"],
      [1, "1.683"],
    ],
  );
  // Four regimes, each a panel with its own line.
  const lines = traces(figures["figure-04-molecule-diffusion"]).filter((t) =>
    t.mode?.includes("lines+markers"),
  );
  assert.equal(lines.length, 4);
});

test("one panel per sampler, every regime relative to its seed's first model", () => {
  const { layout } = figures["molecules-sampling-steps"];
  const titles = (layout.annotations ?? []).map(({ text }) => text);
  for (const { label } of PRESET.variants) assert.ok(titles.includes(label), label);
  const lines = traces(figures["molecules-sampling-steps"]).filter(
    (t) => t.mode === "lines+markers" && t.name === "Replace",
  );
  assert.equal(lines.length, 2);
  for (const { y } of lines) assert.equal((y as number[])[0], 1);
  // Mean over seeds of 6, 6.1, 6.2.
  assert.ok(Math.abs((lines[0].y as number[])[1] - 6.1) < 1e-9);
});

test("real conformers are a dashed line in the figures of geometry and soundness, where they are known", () => {
  const real = (figure: Figure) =>
    traces(figure).filter((t) => t.name === "real" && t.x?.[0] !== null);
  const lines = real(figures["molecules-geometry"]);
  // Three measures in two panels.
  assert.deepEqual(
    lines.map((t) => (t.y as number[])[0]),
    [0.04, 0.04, 0.05, 0.05, 0.1, 0.1],
  );
  const without = publishedRows().filter((row) => row.kind !== "baseline");
  for (const figure of moleculesFigures(without, PRESET, provenance))
    assert.equal(real(figure).length, 0);
});

test("a metric that is missing is left out of its figure", () => {
  const rows = publishedRows().map(({ energy: _, jsTorsions: __, ...row }) => row);
  for (const figure of moleculesFigures(rows, PRESET, provenance)) {
    validate(figure);
    const titles = Object.entries(figure.layout).flatMap(([key, axis]) =>
      key.startsWith("yaxis") ? [String((axis as { title?: { text?: string } }).title?.text)] : [],
    );
    assert.ok(
      !titles.includes("Torsions") && !titles.includes("kcal/mol per heavy atom"),
      figure.name,
    );
  }
});

test("the real conformer is rotated, not changed: same distances, centred, widest along x", () => {
  const row = publishedRows().find((r) => r.kind === "reference")!;
  const original = String(row.positions).split(" ").map(Number);
  const { conformer, superpose } = referenceOf(row);
  const distances = (x: readonly number[]) =>
    conformer.bonds.map(([i, j]) =>
      Math.hypot(...[0, 1, 2].map((axis) => x[3 * i + axis] - x[3 * j + axis])),
    );
  distances(conformer.positions).forEach((d, k) => {
    assert.ok(Math.abs(d - distances(original)[k]) < 1e-5);
  });
  const spread = [0, 1, 2].map((axis) =>
    conformer.positions.reduce((sum, x, k) => sum + (k % 3 === axis ? x * x : 0), 0),
  );
  assert.ok(spread[0] >= spread[1] && spread[1] >= spread[2] - 1e-9, spread.join(" "));
  // Superposed on the real one, itself is where that is.
  superpose(row).positions.forEach((x, k) => {
    assert.ok(Math.abs(x - conformer.positions[k]) < 1e-5);
  });
});

test("in three dimensions: a scene for the real conformer and one for each regime and iteration asked for", () => {
  const figure = conformerScenes(publishedRows(), PRESET, provenance, { iterations: [0, 2] });
  validate(figure);
  const scenes = Object.keys(figure.layout).filter((key) => key.startsWith("scene"));
  assert.equal(scenes.length, 1 + 2 * 2);
  assert.equal(figure.name, "molecules-scenes-even-levels-1");
  assert.throws(() => conformerFigure(publishedRows(), PRESET, provenance, 1), {
    name: "UserError",
    message: /have conformers of 1 molecules, numbered from 0; there is no molecule 1/,
  });
});

test("lengths of training are compared, each with its number of steps and of seeds", () => {
  const main = PRESET.variants[0];
  const longer: MoleculesPreset["variants"][0] = {
    ...{
      name: "longer",
      label: "longer",
      role: "training",
      changes: { training: { steps: 1200 } },
    },
    chains: [{ regimes: [{ kind: "replace" }], iterations: 2, seeds: 1 }],
  };
  const preset = { ...PRESET, variants: [...PRESET.variants, longer] };
  const all = moleculesFigures(publishedRows(preset), preset, provenance);
  const figure = all.find(({ name }) => name === "molecules-training-length");
  assert.ok(figure);
  validate(figure);
  const titles = (figure.layout.annotations ?? []).map(({ text }) => text).join(" ");
  const { steps } = configOf(PRESET, main).training;
  assert.match(
    titles,
    new RegExp(`${steps} steps per model \\(n = 3\\).*1,200 steps per model \\(n = 1\\)`),
  );
  // It is not a sampler variant: the other figures and the claims leave it out.
  assert.equal(all.length, Object.keys(figures).length + 1);
  assert.deepEqual(
    moleculesClaims(publishedRows(preset), preset).map(({ id }) => id),
    moleculesClaims(publishedRows(), PRESET).map(({ id }) => id),
  );
});
