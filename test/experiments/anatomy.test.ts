import assert from "node:assert/strict";
import { test } from "node:test";
import { type Experiment, PRESETS } from "../../lib/experiments/experiment";
import type { Preset } from "../../lib/experiments/preset";
import { provenanceOf } from "../../lib/experiments/provenanceOf";
import { loadRecords } from "../../lib/experiments/records";
import { EXPERIMENTS, presetOf } from "../../lib/experiments/registry";
import { SECTIONS } from "../../lib/loop/sections";

interface Sections {
  readonly data: object;
  readonly model: { readonly family?: unknown };
  readonly training: object;
}

/** All families have one anatomy. */
const FAMILIES = EXPERIMENTS as readonly Experiment<Preset<object>>[];

/** Families whose models are fitted in closed form, not trained by gradient descent. */
const CLOSED_FORM = ["linear", "atlas"];

test("every family has the presets quick, laptop and paper, or a sentence that says why not", () => {
  for (const { name, presets, missing } of EXPERIMENTS)
    for (const preset of PRESETS) {
      const why = missing?.[preset];
      assert.equal(presets[preset] === undefined, why !== undefined, `${name} ${preset}`);
      if (why !== undefined) assert.match(why, /\w+ \w+/, `${name} ${preset}`);
    }
});

test("a preset is a task and variants; the first is main and changes nothing", () => {
  for (const family of FAMILIES)
    for (const preset of Object.values(family.presets)) {
      const { task, variants } = preset;
      assert.deepEqual(Object.keys(preset), ["task", "variants"], family.name);
      assert.deepEqual(Object.keys(task), SECTIONS, family.name);
      const { data, model, training } = task as Sections;
      assert.ok("dataset" in data, family.name);
      assert.equal(typeof model.family, "string", family.name);
      if (!CLOSED_FORM.includes(family.name))
        for (const key of ["batchSize", "learningRate", "schedule"])
          assert.ok(key in training, `${family.name} training.${key}`);
      assert.equal(variants[0].name, "main", family.name);
      assert.deepEqual(variants[0].changes, {}, family.name);
      for (const { label, role, chains } of variants) {
        assert.ok(label && role && chains.length > 0, family.name);
        for (const { regimes, iterations, seeds } of chains)
          assert.ok(regimes.length * iterations * seeds > 0, family.name);
      }
      const names = variants.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, family.name);
    }
});

test("rows begin with kind, variant, regime, seed, iteration; metrics end with run", () => {
  for (const family of FAMILIES) {
    const rows = loadRecords("laptop", family.name);
    const variants = presetOf(family, "laptop").variants.map(({ name }) => name);
    for (const row of rows) {
      assert.equal(Object.keys(row)[0], "kind", family.name);
      if (row.variant === undefined) continue;
      const columns = ["kind", "variant", "regime", "seed", "iteration"];
      assert.deepEqual(Object.keys(row).slice(0, 5), columns, `${family.name} ${row.kind}`);
      assert.ok(variants.includes(String(row.variant)), `${family.name} ${row.variant}`);
    }
    for (const row of rows.filter(({ kind }) => kind === "metrics")) {
      assert.equal(Object.keys(row).at(-1), "run", family.name);
      // Each world of the atlas has measures of its own.
      const loss = { linear: row.testError, atlas: row.replicates }[family.name] ?? row.loss;
      assert.ok(Number.isFinite(loss), `${family.name}: ${loss}`);
      assert.ok(Number(row.realShare) >= 0 && Number(row.realShare) <= 1, family.name);
    }
  }
});

test("figures have names of their own, in all families, and words for those who cannot see them", () => {
  const seen = new Set<string>();
  for (const family of EXPERIMENTS) {
    const preset = presetOf(family, "laptop");
    const provenance = provenanceOf(family, "laptop", preset);
    for (const figure of family.figures(loadRecords("laptop", family.name), preset, provenance)) {
      assert.match(figure.name, /^(figure-\d\d|table-\d\d|image-vae|[a-z]+)(-[a-z0-9]+)*$/);
      assert.ok(!seen.has(figure.name), figure.name);
      seen.add(figure.name);
      assert.match(figure.alt, /\.$/, figure.name);
      assert.equal(figure.provenance.preset, "laptop", figure.name);
      assert.doesNotMatch(JSON.stringify(figure.provenance), /undefined|NaN/, figure.name);
    }
  }
});

test("claims: an id of the family's, a verdict, and where it is undecided the estimate's side", () => {
  const ids = new Set<string>();
  for (const family of EXPERIMENTS) {
    const preset = presetOf(family, "laptop");
    for (const claim of family.claims(loadRecords("laptop", family.name), preset)) {
      assert.ok(claim.id.startsWith(`${family.name}.`), claim.id);
      assert.ok(!ids.has(claim.id), claim.id);
      ids.add(claim.id);
      assert.ok(["holds", "fails", "undecided"].includes(claim.verdict), claim.id);
      assert.ok(claim.threshold === undefined || Number.isFinite(claim.threshold), claim.id);
      const decided = claim.verdict !== "undecided";
      assert.ok(decided || Number.isNaN(claim.estimate) || claim.side !== undefined, claim.id);
      assert.ok(!decided || claim.low <= claim.estimate, claim.id);
      assert.ok(!decided || claim.estimate <= claim.high, claim.id);
      if (claim.published !== undefined) assert.ok(Number.isFinite(claim.published), claim.id);
    }
  }
});
