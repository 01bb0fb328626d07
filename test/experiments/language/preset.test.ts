import assert from "node:assert/strict";
import { test } from "node:test";
import { withChanges } from "../../../lib/experiments/changes";
import { withAblations, withIterations } from "../../../lib/experiments/language/ablations";
import { withCalibration } from "../../../lib/experiments/language/calibration";
import { chainsOf } from "../../../lib/experiments/language/chains";
import { epochsAt, languageConfig, modelConfig } from "../../../lib/experiments/language/config";
import { configOf, LanguagePreset } from "../../../lib/experiments/language/preset";
import { PRESETS_OF_LANGUAGE } from "../../../lib/experiments/language/presets";
import { FIGURE_9, PUBLISHED, publishedLoss } from "../../../lib/experiments/language/published";
import { parsed, configOf as validated } from "../../../lib/loop/config";
import type { Task } from "../../../lib/loop/task";
import { PAPER_MODELS } from "../../../lib/models/language/config";

const { quick, laptop, paper } = PRESETS_OF_LANGUAGE;
const refusal = (changes: Record<string, unknown>) => {
  const task = { name: "language", config: languageConfig } as unknown as Task<unknown>;
  try {
    validated(task, withChanges(quick!.task, changes));
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
};

test("every preset is valid, and its variants differ from its task only where they say", () => {
  for (const preset of [quick, laptop, paper]) {
    assert.ok(preset);
    assert.deepEqual(LanguagePreset.parse(preset), preset);
  }
  assert.ok(laptop);
  const [main, cold] = laptop.variants;
  assert.deepEqual(configOf(laptop, main), laptop.task);
  assert.deepEqual(configOf(laptop, cold), {
    ...laptop.task,
    sampling: { ...laptop.task.sampling, temperature: 0.3 },
  });
});

test("the paper's runs: models of Table 2, batches of 32 and 64, Figure 14's first iterations", () => {
  assert.ok(paper);
  const configs = new Map(paper.variants.map((v) => [v.name, configOf(paper, v)]));
  assert.equal(configs.size, 10);
  const large = configs.get("llama2-126m");
  assert.ok(large);
  assert.deepEqual(modelConfig(large), {
    ...{ family: "llama2", vocabulary: 8000, width: 768, layers: 12, heads: 12 },
    ...{ hidden: 3072, context: 2048 },
  });
  assert.equal(large.training.batchSize, 64);
  assert.equal(large.training.learningRate, 5e-5);
  assert.equal(large.training.curve.evaluations, 25);
  const quarter = configs.get("first-0.25");
  assert.ok(quarter);
  assert.deepEqual([epochsAt(quarter, 1), epochsAt(quarter, 2)], [0.25, 1]);
  for (const { published } of paper.variants) assert.ok(published && PUBLISHED[published]);
});

test("on request: ablations at the preset's size, longer chains, the paper's first 662 steps", () => {
  const more = withAblations(laptop!);
  assert.deepEqual(LanguagePreset.parse(more), more);
  const configs = new Map(more.variants.map((v) => [v.name, configOf(more, v)]));
  assert.equal(configs.get("small-data-3-epochs")!.data.trainItems, 140);
  assert.equal(configs.get("small-data-3-epochs")!.training.epochs, 3);
  assert.deepEqual(
    [1, 2].map((n) => epochsAt(configs.get("first-0.25")!, n)),
    [0.25, 1],
  );
  assert.equal(modelConfig(configs.get("llama2")!).family, "llama2");
  const regimesOf = (name: string) =>
    more.variants.find((v) => v.name === name)!.chains.flatMap((c) => c.regimes.map((r) => r.kind));
  assert.deepEqual(regimesOf("temperature-0.3"), ["replace", "accumulate"]);
  assert.ok(regimesOf("main").includes("accumulate-subsample"));
  // A preset gains the family that it lacks.
  const families = withAblations(quick!).variants.filter(({ role }) => role === "model");
  assert.deepEqual(
    families.map((v) => [v.label, configOf(quick!, v).model.family]),
    [
      ["GPT-2", "gpt2"],
      ["Llama-2", "llama2"],
    ],
  );
  // The paper's own preset has all of its ablations.
  assert.deepEqual(
    withAblations(paper!).variants.map(({ name }) => name),
    paper!.variants.map(({ name }) => name),
  );

  const ten = withIterations(laptop!, 10);
  for (const { variant, chain } of chainsOf(ten))
    assert.equal(chain.iterations, variant.role === "calibration" ? 1 : 10);

  const calibrated = withCalibration(quick!);
  assert.deepEqual(LanguagePreset.parse(calibrated), calibrated);
  const config = configOf(calibrated, calibrated.variants.at(-1)!);
  const steps = Math.floor(10_139 / 32) * config.training.epochs;
  assert.ok(Math.abs(steps - 662) < 1e-9, `${steps}`);
  assert.deepEqual(modelConfig(config), PAPER_MODELS["gpt2-9m"]);
});

test("a temperature that is negative, above 2 or not a number is refused with a sentence", () => {
  for (const temperature of [-0.1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, "warm"])
    assert.match(
      refusal({ sampling: { temperature } }),
      /^The config of task "language" is wrong at "sampling\.temperature": a temperature must be a number from 0 .* to 2\.$/,
    );
});

test("heads that do not divide the width, odd Llama heads and unknown keys are refused", () => {
  const model = { family: "gpt2", width: 64, layers: 1, heads: 5, hidden: 64, context: 64 };
  assert.match(refusal({ model }), /"model\.heads": the width must be a multiple of the heads/);
  assert.equal(refusal({ model: { ...model, width: 60, heads: 4 } }), "accepted");
  assert.match(
    refusal({ model: { ...model, family: "llama2", width: 60, heads: 4 } }),
    /the width of a head must be even/,
  );
  assert.match(refusal({ training: { epoch: 3, epochs: 1 } }), /unknown key "epoch"/);
  assert.match(refusal({ data: { vocabulary: 256 } }), /wrong at "data\.vocabulary"/);
});

test("a variant with a mistyped change, or two of one name, are refused and named", () => {
  assert.ok(quick);
  const broken = (change: object) =>
    parsed(LanguagePreset, { ...quick, variants: [{ ...quick.variants[0], ...change }] }, "It");
  assert.throws(
    () => broken({ changes: { sampling: { temperatur: 1 } } }),
    /It is wrong at "variants\.0": .*temperatur/,
  );
  const twice = { ...quick, variants: [quick.variants[0], quick.variants[0]] };
  assert.throws(() => parsed(LanguagePreset, twice, "It"), /two variants "main"/);
});

test("published growth by iteration 5: 1.374, 1.397, 1.393, 1.388 under replace, 0.960 … under accumulate", () => {
  const ratios = (regime: string) =>
    Object.keys(FIGURE_9).map((model) => {
      const [first, fifth] = [1, 5].map((n) => publishedLoss(model, regime, n)!);
      return (fifth / first).toFixed(3);
    });
  assert.deepEqual(ratios("replace"), ["1.374", "1.397", "1.393", "1.388"]);
  assert.deepEqual(ratios("accumulate"), ["0.960", "0.940", "0.920", "0.923"]);
});

test("learning curves end where Figure 2 has the finished model, to their three digits", () => {
  for (const [model, regimes] of Object.entries(FIGURE_9))
    for (const [regime, curves] of Object.entries(regimes))
      for (const [i, curve] of curves.entries()) {
        const end = PUBLISHED[model][regime][i + 1];
        assert.ok(Math.abs(curve[curve.length - 1] - end) < 6e-4, `${model} ${regime} ${i + 1}`);
      }
});
