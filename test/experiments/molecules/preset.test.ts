import assert from "node:assert/strict";
import { test } from "node:test";
import { chainsOf } from "../../../lib/experiments/molecules/chains";
import { moleculesConfig } from "../../../lib/experiments/molecules/config";
import { describePreset } from "../../../lib/experiments/molecules/describe";
import { configOf, MoleculesPreset } from "../../../lib/experiments/molecules/preset";
import { PRESETS_OF_MOLECULES } from "../../../lib/experiments/molecules/presets";
import { FIGURE_4, publishedLoss } from "../../../lib/experiments/molecules/published";
import { evenLevels, lastLevels } from "../../../lib/experiments/molecules/samplerVariants";
import { moleculesTask } from "../../../lib/experiments/molecules/task";
import { parsed, configOf as validated } from "../../../lib/loop/config";
import { sectionsOf } from "../../../lib/loop/sections";
import { FIT_SECTIONS } from "../../../lib/loop/stages";
import { DRUGS_5000, noiseSchedule } from "../../../lib/models/geodiff/schedule";
import { Streams } from "../../../lib/random/streams";

const { quick, laptop, paper } = PRESETS_OF_MOLECULES;
const refusal = (changes: object) => {
  try {
    validated(moleculesTask, { ...quick.task, ...changes });
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
};

test("every preset is valid; its variants differ from its task in the sampler alone and share model 1", () => {
  for (const preset of [quick, laptop, paper]) {
    assert.deepEqual(MoleculesPreset.parse(preset), preset);
    const [main, even] = preset.variants.map((variant) => configOf(preset, variant));
    assert.deepEqual(main, preset.task);
    assert.deepEqual(even, { ...preset.task, sampling: evenLevels.sampling });
    assert.deepEqual(sectionsOf(main, FIT_SECTIONS), sectionsOf(even, FIT_SECTIONS));
  }
});

test("the last 50 levels have at least 11.5 Å of noise, even levels go down to almost none", () => {
  const { sigma, steps } = noiseSchedule(DRUGS_5000);
  assert.deepEqual([lastLevels.sampling.steps, lastLevels.sampling.pick], [50, "last"]);
  assert.ok(sigma[steps - 50] > 11.5 && sigma[steps - 1] < 12.2);
  assert.deepEqual([evenLevels.sampling.steps, evenLevels.sampling.pick], [50, "even"]);
  assert.deepEqual(quick.task.sampling, lastLevels.sampling);
});

test("the paper's run: GeoDiff's own configuration, 40,000 conformations, iterations 0 to 8, one seed", () => {
  const { task } = paper;
  assert.deepEqual(task.model, {
    family: "geodiff",
    width: 128,
    interactions: 6,
    layers: 4,
    cutoff: 10,
    smooth: true,
    noiseSchedule: { steps: 5000, betaStart: 1e-7, betaEnd: 2e-3 },
  });
  assert.equal(task.data.trainMolecules * task.data.conformersPerMolecule, 40_000);
  const { learningRate, batchSize, clipNorm, schedule } = task.training;
  assert.deepEqual([learningRate, batchSize, clipNorm], [1e-3, 32, 30_000]);
  assert.deepEqual(schedule, { kind: "plateau", every: 5000, factor: 0.6, patience: 10 });
  for (const { chain } of chainsOf(paper)) assert.deepEqual([chain.iterations, chain.seed], [9, 0]);
});

test("the paper's run without GEOM-Drugs says which file is missing and where to put it", async () => {
  const streams = Streams.ofSeed(0);
  const { signal } = new AbortController();
  const before = process.env.COLLAPSE_LAB_DATA;
  delete process.env.COLLAPSE_LAB_DATA;
  try {
    await assert.rejects(moleculesTask.loadReal(paper.task, { streams, signal }), {
      name: "UserError",
      message:
        /geom\/drugs_crude\.msgpack is not here[\s\S]*put it, or drugs_crude\.msgpack\.gz, into .*geom/,
    });
  } finally {
    if (before !== undefined) process.env.COLLAPSE_LAB_DATA = before;
  }
});

test("configs that cannot be run are refused in a sentence that names the place", () => {
  assert.match(
    refusal({ data: { ...quick.task.data, trainMolecule: 3 } }),
    /unknown key "trainMolecule" inside "data".*Did you mean "trainMolecules"/,
  );
  assert.match(
    refusal({ sampling: { steps: 5001 } }),
    /"sampling\.steps": the sampler cannot take more steps than model\.noiseSchedule has noise levels/,
  );
  assert.match(
    refusal({ evaluation: { molecules: 7 } }),
    /"evaluation\.molecules": must not exceed data\.testMolecules/,
  );
  assert.match(
    refusal({ evaluation: { molecules: 6, levels: 3 } }),
    /wrong at "evaluation\.levels"/,
  );
  assert.match(
    refusal({ data: { ...quick.task.data, dataset: "geom" } }),
    /wrong at "data\.dataset"/,
  );
  assert.match(
    refusal({ training: { steps: 5, schedule: { kind: "plateau", patince: 3 } } }),
    /unknown key "patince" inside "training\.schedule"/,
  );
  assert.match(refusal({ model: { ...quick.task.model, width: 0 } }), /wrong at "model\.width"/);
  assert.equal(refusal({}), "accepted");
  assert.equal(moleculesConfig.safeParse({}).success, false);
});

test("a variant with a mistyped change, or two of one name, are refused and named", () => {
  const broken = (change: object) =>
    parsed(MoleculesPreset, { ...quick, variants: [{ ...quick.variants[0], ...change }] }, "It");
  assert.throws(
    () => broken({ changes: { sampling: { stpes: 1 } } }),
    /It is wrong at "variants\.0": .*stpes/,
  );
  const twice = { ...quick, variants: [quick.variants[0], quick.variants[0]] };
  assert.throws(() => parsed(MoleculesPreset, twice, "It"), /two variants "main"/);
});

test("a preset says what it is made of and how it differs; the paper's says what was not published", () => {
  const { dataset, seeds, differs } = describePreset(laptop);
  assert.match(dataset, /^conformer benchmark \(\d+ \/ \d+ molecules, up to \d conformers each\)$/);
  assert.deepEqual(seeds, [0, 1, 2]);
  for (const part of [
    /instead of 40,000 conformations/,
    /instead of 128, 6 and 4/,
    /optimiser steps/,
  ])
    assert.match(differs ?? "", part);
  assert.match(
    describePreset(paper).differs ?? "",
    /^the paper states only the 50 diffusion steps of its training and sampling; the number of training steps does not grow with the pool$/,
  );
});

test("Figure 4 as published: 52.17 at first, 6.50 times that under replace, 1.73 times at the end of accumulate", () => {
  const { replace, accumulate } = FIGURE_4;
  assert.deepEqual([replace.length, accumulate.length, replace[0]], [9, 9, accumulate[0]]);
  assert.equal((replace[1] / replace[0]).toFixed(2), "6.50");
  assert.equal((accumulate[8] / accumulate[0]).toFixed(2), "1.73");
  assert.equal(publishedLoss("replace", 8), 314.89);
  assert.equal(publishedLoss("replace", 9), undefined);
  assert.equal(publishedLoss("replace-multiple", 1), undefined);
});
