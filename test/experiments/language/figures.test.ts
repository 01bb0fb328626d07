import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterData } from "plotly.js-dist";
import { withCalibration } from "../../../lib/experiments/language/calibration";
import { describeConfig, describePreset } from "../../../lib/experiments/language/describe";
import { calibration, languageFigures, table2 } from "../../../lib/experiments/language/figures";
import { PRESETS_OF_LANGUAGE } from "../../../lib/experiments/language/presets";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import type { Figure } from "../../../lib/figures/figure";
import { PRESET, recordsOf } from "./rows";

const provenance = { preset: "quick", versions: { node: "1" }, ...describePreset(PRESET) };
const figures = Object.fromEntries(
  languageFigures(recordsOf(), PRESET, provenance).map((figure) => [figure.name, figure]),
);
const traces = (figure: Figure) => figure.data as Partial<ScatterData>[];

test("Plotly draws every figure as it is meant, and each says preset, data, seeds and differences", () => {
  assert.deepEqual(Object.keys(figures), [
    ...["figure-02-language-models", "language-loss", "figure-03-learning-curves"],
    ...["figure-10-learning-curves-log", "figure-11-learning-curves-steps"],
    ...["figure-12-learning-curves-steps-log", "figure-13-temperature"],
    ...["figure-14-first-iteration", "table-02-language-models", "language-texts"],
    ...["language-story-losses", "language-grammar", "language-surprisal"],
  ]);
  for (const figure of Object.values(figures)) {
    validate(figure);
    const notes = withCaption(figure).layout.annotations ?? [];
    const text = notes.map((note) => note.text).join(" ");
    for (const part of [/preset.quick/, /story.grammar/, /seeds.0–2/, /Differs from the paper/])
      assert.match(text, part, figure.name);
  }
});

test("captions are computed from the config: what is the paper's is not listed as a difference", () => {
  const { laptop, paper } = PRESETS_OF_LANGUAGE;
  const differs = (changes: object) =>
    describeConfig({ ...laptop!.task, ...changes }).differs ?? "";
  const { model } = laptop!.task;
  assert.match(
    differs({}),
    /^700 stories instead of 2\.1 million, .*GPT-2 of width 96 with 2 layers/,
  );
  assert.match(differs({ model: { ...model, family: "llama2" } }), /Llama-2 of width 96/);
  assert.match(
    differs({ model: { ...model, precision: "bfloat16" } }),
    /mixed precision \(matrix products in bfloat16\)/,
  );
  assert.equal(
    describeConfig(paper!.task).differs,
    "the paper does not report the learning rate, schedule, heads, context or how a story starts",
  );
});

test("the alternative text of Figure 2 states the change that the records have", () => {
  const { alt } = figures["figure-02-language-models"];
  // Seeds start at 2, 2.1, 2.2 and gain 0.1, 0.11, 0.12 per round, four rounds.
  const percent =
    (100 / 3) * [0, 1, 2].reduce((sum, s) => sum + (0.4 + 0.04 * s) / (2 + 0.1 * s), 0);
  assert.ok(alt.includes(`+${percent.toFixed(1)} % under Replace by iteration 5`), alt);
});

test("the paper's preset gives every figure too, with losses as they are, next to the published", () => {
  const { paper } = PRESETS_OF_LANGUAGE;
  assert.ok(paper);
  const rows = recordsOf(paper, ({ regime, seed, iteration }) => ({
    ...{ loss: 1.8 + 0.2 * iteration, distinct2: 0.5, selfBleu: 0.3, tailCoverage: 0.4 },
    ...{ knownWords: 1, meanTokens: 200, regime, seed },
  }));
  const all = languageFigures(rows, paper, { ...provenance, ...describePreset(paper) });
  for (const figure of all) validate(figure);
  const [figure2] = all;
  const published = traces(figure2).filter((t) => t.name === "published" && t.x?.length === 5);
  // Four models under accumulate and three under replace, where GPT-2 has a sixth point.
  assert.equal(published.length, 7);
  assert.ok(published.some((t) => JSON.stringify(t.y) === "[2.057,1.9771,1.9506,1.9388,1.9327]"));
});

test("Figure 2 relative: measured and published curves start at 1; published replace ends at 1.374", () => {
  const lines = traces(figures["figure-02-language-models"]);
  const published = lines.filter((t) => t.name === "published" && (t.x?.length ?? 0) > 1);
  const ends = published.map((t) => Number((t.y as number[]).at(-1)).toFixed(3));
  assert.deepEqual(ends, ["1.374", "0.960", "1.200"]);
  for (const trace of published) assert.equal((trace.y as number[])[0], 1);
});

test("learning curves: the mean over seeds of each iteration, against epochs or steps", () => {
  const [panel] = traces(figures["figure-11-learning-curves-steps"]).filter(
    (t) => t.name === "iteration 3" && t.xaxis === "x",
  );
  assert.deepEqual(panel.x, [150, 300]);
  // Seeds start at 2, 2.1, 2.2 and gain 0.1, 0.11, 0.12 per round.
  const end = (2 + 2.1 + 2.2 + 2 * 0.33) / 3;
  for (const [i, expected] of [2 * end, end].entries())
    assert.ok(Math.abs(Number((panel.y as number[])[i]) - expected) < 1e-9);
});

test("Table 2: loss at iteration 1 and changes at 4 and at the last, with the published values", () => {
  const rows = table2(recordsOf(), PRESET);
  const of = (regime: string, iteration: number) =>
    rows.find(
      (row) =>
        row.configuration === "GPT-2" && row.regime === regime && row.iteration === iteration,
    );
  assert.ok(Math.abs(Number(of("replace", 4)?.mean) - 0.33) < 1e-9);
  assert.ok(Math.abs(Number(of("replace", 5)?.mean) - 0.44) < 1e-9);
  assert.ok(Math.abs(Number(of("replace", 4)?.["loss at 1"]) - 2.1) < 1e-9);
  assert.ok(Math.abs(Number(of("replace", 4)?.["published change"]) - (2.3943 - 1.8161)) < 1e-9);
  assert.equal(of("replace-multiple", 5), undefined);
  assert.equal(of("accumulate-subsample", 4)?.["published change"], null);
});

test("calibration: the measured curve of the first steps and the published 4.204 after 662 of them", () => {
  const preset = withCalibration(PRESET);
  const points = [64, 662].map((step) => ({
    ...{ kind: "curve", variant: "calibration", regime: "fresh-real-99%", seed: 0 },
    ...{ iteration: 1, step, epoch: step / 316, testLoss: 12 - step / 100 },
  }));
  const rows = [...recordsOf(), ...points];
  const figure = languageFigures(rows, preset, provenance).find(
    ({ name }) => name === "language-calibration",
  );
  assert.ok(figure);
  validate(figure);
  const [measured, published] = traces(figure);
  assert.deepEqual(
    [measured.x, measured.y],
    [
      [64, 662],
      [11.36, 5.38],
    ],
  );
  assert.deepEqual([published.x, published.y], [[662], [4.204]]);
  assert.deepEqual(
    calibration(rows, preset).map((row) => [row.step, row.published]),
    [
      [64, null],
      [662, 4.204],
    ],
  );
});
