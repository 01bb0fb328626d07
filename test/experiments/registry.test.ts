import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim } from "../../lib/claims/claim";
import { type Experiment, PRESETS } from "../../lib/experiments/experiment";
import { provenanceOf } from "../../lib/experiments/provenanceOf";
import {
  chooseExperiments,
  EXPERIMENTS,
  presetNamed,
  presetOf,
} from "../../lib/experiments/registry";
import { report } from "../../lib/experiments/report";
import { regimesFigure } from "../../lib/figures/regimes";

test("families are chosen by name, in the order given; all of them when nothing is chosen", () => {
  const names = (only?: string) => chooseExperiments(only).map(({ name }) => name);
  assert.deepEqual(names(), ["linear", "images", "language", "molecules", "atlas"]);
  assert.deepEqual(names("images, linear"), ["images", "linear"]);
  assert.throws(() => chooseExperiments("images,lineal"), {
    name: "UserError",
    message: 'There is no family "lineal". Did you mean "linear"?',
  });
});

test("every preset of every family passes its own schema", () => {
  for (const family of EXPERIMENTS)
    for (const name of PRESETS)
      assert.deepEqual(presetOf(family, name), family.presets[name], `${family.name} ${name}`);
  for (const name of ["quick", "laptop"]) assert.equal(presetNamed(name), name);
  assert.throws(() => presetNamed("Quick"), { message: /Did you mean "quick"\?/ });
});

test("a preset that a family lacks is refused with the reason and those that it has", () => {
  for (const { presets, ...family } of EXPERIMENTS) {
    const { quick, laptop } = presets;
    const without = { ...family, presets: { quick, laptop } } as Experiment;
    const start = `The family "${family.name}" has no preset "paper": `;
    assert.throws(() => presetOf(without, "paper"), {
      name: "UserError",
      message: `${start}it is not defined yet. It has: quick, laptop.`,
    });
    const missing = { paper: "its data are gone" };
    assert.throws(() => presetOf({ ...without, missing }, "paper"), {
      message: `${start}its data are gone. It has: quick, laptop.`,
    });
  }
});

test("a preset with an unknown key is refused with the family, the preset and the nearest key", () => {
  const [linear] = EXPERIMENTS;
  const odd = {
    ...linear,
    presets: { quick: { ...(linear.presets.quick as object), tasks: "exact" } },
  } as Experiment;
  assert.throws(() => presetOf(odd, "quick"), {
    name: "UserError",
    message: 'The preset "quick" of linear has the unknown key "tasks". Did you mean "task"?',
  });
});

test("every family has at least three seeds in laptop and two in quick, and says how it differs", () => {
  for (const family of EXPERIMENTS)
    for (const [name, seeds] of [
      ["quick", 2],
      ["laptop", 3],
    ] as const) {
      const about = provenanceOf(family, name, presetOf(family, name));
      assert.equal(about.preset, name);
      assert.ok(about.seeds.length >= seeds, `${family.name} ${name}: ${about.seeds.length} seeds`);
      assert.equal(new Set(about.seeds).size, about.seeds.length);
      assert.notEqual(about.dataset, "");
      assert.equal(about.versions.node, process.versions.node);
    }
});

const CLAIM: Claim = {
  id: "toy.rises",
  statement: "the |loss| rises",
  estimate: 1.23456,
  low: 1.1,
  high: 1.3,
  verdict: "holds",
  runs: [],
};

test("the report: title, data, differences, every figure with its words and its data if they are others, every claim as a row", () => {
  const figure = regimesFigure({ preset: "quick", dataset: "none", seeds: [], versions: {} });
  const unknown: Claim = {
    ...CLAIM,
    ...{ low: Number.NaN, high: Number.NaN, published: 2, verdict: "undecided" },
  };
  const part = {
    title: "Toy",
    notebooks: ["99-toy.ipynb"],
    dataset: "10 draws",
    differs: "it is a toy",
    figures: [figure],
    claims: [CLAIM, unknown],
  };
  const own = { ...figure, provenance: { ...figure.provenance, dataset: "10 draws" } };
  const bare = { ...part, title: "Bare", differs: "", figures: [own], claims: [] };
  assert.deepEqual(report("quick", [part, bare], "laptop/").split("\n"), [
    "# Figures, preset `quick`",
    "",
    "Produced by `npm run reproduce -- --preset quick`. Each figure is there as PNG, SVG and Plotly JSON;",
    "its caption names data, seeds and versions. The records behind them are in",
    "[`laptop/records/`](laptop/records/).",
    "",
    "## Toy",
    "",
    "Data: 10 draws. Notebook: `99-toy.ipynb`.",
    "",
    "Differs from the paper: it is a toy.",
    "",
    `![${figure.alt}](laptop/${figure.name}.png)`,
    "",
    figure.alt,
    "",
    "Data: none.",
    "",
    "| statement | ours | 95 % interval | published | verdict |",
    "| --- | --- | --- | --- | --- |",
    "| the \\|loss\\| rises | 1.235 | 1.1 … 1.3 | – | holds |",
    "| the \\|loss\\| rises | 1.235 | – | 2 | undecided |",
    "",
    "## Bare",
    "",
    "Data: 10 draws. Notebook: `99-toy.ipynb`.",
    "",
    `![${figure.alt}](laptop/${figure.name}.png)`,
    "",
    figure.alt,
    "",
  ]);
});
