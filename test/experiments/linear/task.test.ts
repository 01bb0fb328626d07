import assert from "node:assert/strict";
import { test } from "node:test";
import { configOf, linearTask } from "../../../lib/experiments/linear/index";
import { literalErrors } from "../../../lib/experiments/linear/simulation/index";
import { realDesign, truth } from "../../../lib/experiments/linear/world";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import { standaloneContext, standaloneInput } from "../../../lib/loop/standaloneContext";
import { leastSquares, predict } from "../../../lib/models/linear/leastSquares";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import { poolOf } from "../../../lib/pool/pool";
import {
  accumulate,
  accumulateSubsample,
  replace,
  replaceMultiple,
} from "../../../lib/pool/regimes";
import type { Batch } from "../../../lib/pool/schema";
import { viewOf } from "../../../lib/pool/viewOf";
import { Streams } from "../../../lib/random/streams";
import { RunStore } from "../../../lib/store/runStore";
import { accumulateError, replaceError } from "../../../lib/theory/index";
import { temporaryFolder } from "../../support/temporary";
import { assertMean } from "./support";

const { signal } = new AbortController();

test("Theorem 1: under Accumulate w_n = w* + X⁺ Σ E_i/i for the very noise that the task drew", async () => {
  const config = configOf({ d: 5, T: 14, sigma2: 0.8, sigmaLater2: 0.3 });
  const streams = Streams.ofSeed(3);
  const design = realDesign(config, streams);
  const { train } = await linearTask.loadReal(config, { streams, signal });
  const schema = linearTask.schema(config);
  const blocks = new Map([[1, MemoryBlock.of(schema, [...(train as Iterable<Batch>)])]]);
  let before: ArrayLike<number> = truth(config, streams);
  const sum = new Float64Array(config.data.trainItems);
  for (let n = 1; n <= 5; n++) {
    const block = blocks.get(n)!.range(0, config.data.trainItems).columns;
    assert.deepEqual(block.x.data, design.x, "X is re-used in every round");
    const clean = predict(design, before);
    for (let t = 0; t < config.data.trainItems; t++) sum[t] += (block.y.data[t] - clean[t]) / n;
    const context = standaloneContext(streams.generation(n), { generation: n });
    const view = viewOf(
      accumulate.plan(n, config.data.trainItems),
      poolOf(blocks),
      context.streams.get("view"),
    );
    const weights = await linearTask.fit(config, view, context);
    const push = leastSquares(design, sum);
    truth(config, streams).forEach((value, j) => {
      assert.ok(Math.abs(weights.w.data[j] - value - push[j]) < 1e-10, `n = ${n}`);
    });
    const sampled: Batch[] = [];
    for await (const batch of linearTask.sample(config, weights, config.data.trainItems, context))
      sampled.push(batch);
    blocks.set(n + 1, MemoryBlock.of(schema, sampled));
    before = weights.w.data;
  }
});

test("the loop gives the literal simulation's numbers, bit for bit, under every regime", async () => {
  const config = configOf({ d: 2, T: 8, sigma2: 1 }, { testItems: 5 });
  const regimes = [replace, accumulate, replaceMultiple, accumulateSubsample];
  const chains = regimes.map((regime) =>
    chain({ task: linearTask, config, regime, seed: 0, iterations: 4 }),
  );
  const store = RunStore.open(temporaryFolder());
  const results = await runChains(chains, { store, executor: inProcess() });
  for (const [i, { generations }] of results.entries()) {
    const literal = await literalErrors(config, regimes[i], 4, Streams.ofSeed(0));
    const loop = generations.map(({ metrics }) => metrics.testError);
    assert.deepEqual(loop, [...literal], regimes[i].name);
  }
});

test("loop = theory: Replace costs n v and Accumulate v Σ 1/i² over 40 seeds, two of them through the run store", async () => {
  const setting = { d: 40, T: 90, sigma2: 1 };
  const config = configOf(setting, { testItems: 1 });
  const n = 3;
  const store = RunStore.open(temporaryFolder());
  for (const [regime, of] of [
    [replace, replaceError],
    [accumulate, accumulateError],
  ] as const) {
    const chains = [0, 1].map((seed) =>
      chain({ task: linearTask, config, regime, seed, iterations: n }),
    );
    const results = await runChains(chains, { store, executor: inProcess() });
    const errors: number[] = [];
    for (let seed = 0; seed < 40; seed++)
      errors.push((await literalErrors(config, regime, n, Streams.ofSeed(seed)))[n - 1]);
    for (const [seed, { generations }] of results.entries())
      assert.equal(generations[n - 1].metrics.testError, errors[seed]);
    assertMean(errors, of({ ...setting, n }), regime.name);
  }
});

test("sampledError is an unbiased estimate of testError = ‖w − w*‖²_Σ, also for Σ ≠ I", async () => {
  const config = configOf(
    { d: 3, T: 10, sigma2: 1 },
    { covariance: [4, 1, 0.25], testItems: 20000 },
  );
  const [streams, n] = [Streams.ofSeed(11), 1];
  const { test: held } = await linearTask.loadReal(config, { streams, signal });
  const block = MemoryBlock.of(linearTask.schema(config), [...(held as Iterable<Batch>)]);
  const weights = { w: { shape: [3], data: Float64Array.of(1, -1, 2) } };
  const context = standaloneContext(streams.generation(n));
  const { metrics } = await linearTask.evaluations["test-error"].run(
    config,
    standaloneInput({ weights, test: block }),
    context,
  );
  const target = truth(config, streams);
  const exact = 4 * (1 - target[0]) ** 2 + (-1 - target[1]) ** 2 + 0.25 * (2 - target[2]) ** 2;
  assert.ok(Math.abs(metrics.testError - exact) < 1e-12);
  // One squared normal per item: relative standard error √(2/20000) = 1 %.
  assert.ok(Math.abs(metrics.sampledError / exact - 1) < 0.03);
});

test("freshX draws another X each round and accepts any number of items", async () => {
  const config = configOf({ d: 2, T: 6, sigma2: 0, freshX: true });
  const rounds: number[][] = [];
  for (const n of [1, 2]) {
    const context = standaloneContext(Streams.ofSeed(0).generation(n));
    const weights = { w: { shape: [2], data: Float64Array.of(1, 1) } };
    for await (const batch of linearTask.sample(config, weights, 9, context))
      rounds.push([...batch.columns.x.data]);
  }
  assert.deepEqual(
    rounds.map((x) => x.length),
    [18, 18],
  );
  assert.notDeepEqual(rounds[0], rounds[1]);
});
