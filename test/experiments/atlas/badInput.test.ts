import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { atlasTask } from "../../../lib/experiments/atlas/task";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import { regime } from "../../../lib/pool/parseRegime";
import { accumulateFresh, ecosystem } from "../../../lib/pool/regimes";
import { RunStore } from "../../../lib/store/runStore";
import * as theory from "../../../lib/theory/index";
import { generationsInMemory } from "../../support/inMemory";
import { temporaryFolder } from "../../support/temporary";

const world = (dataset: string, data: object = {}, rest: object = {}) => ({
  data: { dataset, trainItems: 10, replicates: 2, ...data },
  ...rest,
});

test("worlds refuse what they cannot fit, in one sentence", () => {
  const cases: [object, RegExp][] = [
    [world("gaussian", { trainItems: 1 }), /trainItems/],
    [world("gaussian", { replicates: 1 }), /replicates/],
    [world("gausian"), /it is "gausian"\. Did you mean "gaussian"\?/],
    [world("gaussian", {}, { training: { estimator: "batch" } }), /no estimator "batch"/],
    [world("gaussian", {}, { training: { estimator: "median" } }), /give the variance\.$/],
    [
      world("gaussian", {}, { training: { estimator: "median", variance: 1 } }),
      /odd number of items, not 10\.$/,
    ],
    [world("gaussian", {}, { training: { variance: 0 } }), /variance/],
    [world("categorical"), /need `probabilities`\.$/],
    [
      world("categorical", { probabilities: [1, 1] }, { training: { estimator: "batch" } }),
      /needs `roundItems`/,
    ],
    [world("selected-gaussian"), /multiple of 60 for each of 2 replicates, not 10\.$/],
    [world("detected"), /need `sampling\.detector`\.$/],
    [world("weak-labels"), /need `realShare`/],
    [world("weak-labels", { realShare: 1.2 }), /realShare/],
    [
      world(
        "labelled-gaussians",
        { probabilities: [0.95, 0.05] },
        { sampling: { frozen: "text" } },
      ),
      /^The config of task "atlas" is wrong: Caption 1 has fewer than two items/,
    ],
  ];
  for (const [config, message] of cases)
    assert.throws(
      () => atlasTask.config.parse(config),
      (error) => error instanceof UserError && message.test(error.message),
      JSON.stringify(config),
    );
});

test("regimes of the atlas refuse shares outside (0, 1), one candidate, and real data that run out", () => {
  const replace = { kind: "replace" };
  const cases: [() => unknown, RegExp][] = [
    [() => regime({ kind: "weighted-real", weight: 1.5 }), /between 0 and 1, not 1\.5/],
    [() => accumulateFresh(0, 10), /between 0 and 1, not 0/],
    [() => accumulateFresh(0.5, 10).plan(3, 15), /real data run out.*20 real items.*there are 15/],
    [
      () => ecosystem({ models: [], real: "a", syntheticShare: 0.5, privateShare: 0.5 }),
      /at least one chain/,
    ],
    [
      () => ecosystem({ models: ["a"], real: "b", syntheticShare: 2, privateShare: 0.5 }),
      /between 0 and 1, not 2/,
    ],
    [
      () =>
        regime({
          ...{ kind: "curated", regime: replace },
          curate: { kind: "best-of", candidates: 1, reward: "position" },
        }),
      /"candidates"/,
    ],
  ];
  for (const [make, message] of cases)
    assert.throws(make, (error) => error instanceof UserError && message.test(error.message));
});

test("closed forms refuse what is outside their range", () => {
  const cases: (() => unknown)[] = [
    () => theory.gaussianReplaceLogVariance({ T: 1, n: 1 }),
    () => theory.gaussianGrowingLogVariance({ T: 5, n: 1, a: -1 }),
    () => theory.temperedAccumulateVariance({ T: 10, sigma2: 1, n: 1, tau: 0 }),
    () => theory.temperedShareLimit({ sigma2: 1, tau: 3, f: 0.1 }),
    () => theory.bestOfStep([0.5, 0.5], { candidates: 1, reward: [0, 1] }),
    () => theory.bestOfStep([0.5, 0.5], { candidates: 2, reward: [0, Number.NaN] }),
    () => theory.keepTopVariance({ q: 1, n: 2 }),
    () => theory.windowMean({ mu: 0, c: 0, r: 0 }),
    () => theory.detectedShare({ alpha: 0, accuracy: 0.5, q: 0.5, power: 1 }),
    () => theory.weightedRealLimit({ w: 1, k: 1 }),
    () => theory.survivalChances({ N: 5000, p: 0.1, n: 2 }),
    () => theory.wrightFisherVariance({ N: 10, p: 1.1, n: 1 }),
    () => theory.medianVariance(4),
    () => theory.editedLatestErrors({ T: 10, p: 0, n: 2 }),
    () => theory.meanErrors(regime({ kind: "keep-real", share: 0.5 }), 10, 0),
  ];
  for (const of of cases) assert.throws(of, UserError, String(of));
});

test("a window that the model has left ends in a sentence", async () => {
  const config = atlasTask.config.parse(
    world("selected-gaussian", { trainItems: 120 }, { training: { variance: 1 } }),
  );
  const far = regime({
    ...{ kind: "curated", regime: { kind: "replace" } },
    curate: { kind: "window", score: "x", centre: 60, radius: 0.1 },
  });
  await assert.rejects(
    generationsInMemory(atlasTask, config, far, 0, 1),
    (error) => error instanceof UserError && /keeps only 0 of \d+ samples/.test(error.message),
  );
});

test("an ecosystem whose chains are not run says which one is missing", async () => {
  const config = atlasTask.config.parse(world("gaussian", {}, { training: { variance: 1 } }));
  const one = chain({
    ...{ task: atlasTask, config, seed: 0, iterations: 2, name: "model-1" },
    regime: ecosystem({
      models: ["model-1"],
      real: "publik",
      syntheticShare: 0.5,
      privateShare: 0.5,
    }),
  });
  await assert.rejects(
    runChains([one], { store: RunStore.open(temporaryFolder()), executor: inProcess() }),
    (error) => error instanceof UserError && /the chain "publik"/.test(error.message),
  );
});
