import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { type Chain, chain } from "../../lib/loop/chain";
import type { LoopEvent } from "../../lib/loop/events";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import type { Regime } from "../../lib/pool/regime";
import { accumulate, replace, replaceMultiple } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";

const T = 10;

function chains(regime: Regime, seeds: number, iterations: number): Chain[] {
  return Array.from({ length: seeds }, (_, seed) =>
    chain({ task: gaussianTask, config: { data: { trainItems: T } }, regime, seed, iterations }),
  );
}

async function run(list: readonly Chain[], store = RunStore.open(memoryFolder())) {
  const events: LoopEvent[] = [];
  const results = await runChains(list, {
    store,
    executor: inProcess(),
    onEvent: (event) => void events.push(event),
  });
  return { results, store, events };
}

/** Mean over chains of a metric at iteration n, with its standard error. */
function meanAt(results: Awaited<ReturnType<typeof run>>["results"], n: number, metric: string) {
  const values = results.map((result) => result.generations[n - 1].metrics[metric]);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, se: Math.sqrt(variance / values.length) };
}

test("Gaussian, replace: E[σₙ²] = (1 − 1/T)ⁿ within 4 s.e. over 60 seeds", async () => {
  const { results } = await run(chains(replace, 60, 4));
  for (const n of [1, 4]) {
    const { mean, se } = meanAt(results, n, "variance");
    assert.ok(Math.abs(mean - (1 - 1 / T) ** n) < 4 * se, `n=${n}: ${mean} ± ${se}`);
  }
});

test("Gaussian, accumulate: E[σₙ²] = Πₖ(1 − 1/(T k²)) within 4 s.e. over 60 seeds", async () => {
  const { results } = await run(chains(accumulate, 60, 4));
  const expected = [1, 2, 3, 4].reduce((product, k) => product * (1 - 1 / (T * k * k)), 1);
  const { mean, se } = meanAt(results, 4, "variance");
  assert.ok(Math.abs(mean - expected) < 4 * se, `${mean} ± ${se}, expected ${expected}`);
});

test("regimes that agree at iteration 1 share that generation, and fits are shared where only the samples differ", async () => {
  const { results, events, store } = await run(
    [replace, accumulate, replaceMultiple].flatMap((regime) => chains(regime, 1, 3)),
  );
  const [a, b, c] = results.map((result) => result.generations);
  assert.deepEqual([a[0].fit, a[0].block], [b[0].fit, b[0].block]);
  assert.equal(a[0].fit, c[0].fit);
  assert.notEqual(a[0].block, c[0].block);
  assert.deepEqual(a[0].evaluations, c[0].evaluations);
  assert.deepEqual(a[0].metrics, c[0].metrics);
  // 3 of replace, 2 more of accumulate, 3 of replace-multiple, which samples more in round 1.
  assert.equal(events.filter((event) => event.type === "finished").length, 3 + 2 + 3);
  assert.equal(store.list("block").length, 8);
  assert.equal(store.list("fit").length, 7);
  assert.equal(store.list("evaluation").length, 7);
});

test("a rerun computes nothing; one more iteration or seed computes just that", async () => {
  const store = RunStore.open(memoryFolder());
  await run(chains(accumulate, 2, 3), store);
  const started = async (list: Chain[]) =>
    (await run(list, store)).events.filter((event) => event.type === "started").length;
  assert.equal(await started(chains(accumulate, 2, 3)), 0);
  assert.equal(await started(chains(accumulate, 2, 4)), 2);
  assert.equal(await started(chains(accumulate, 3, 4)), 4);
});

test("what a generation was trained on is recorded by block: accumulate T each, replace T of the last", async () => {
  const { results } = await run([...chains(accumulate, 1, 3), ...chains(replace, 1, 3)]);
  assert.deepEqual(results[0].generations[2].trainedOn, { 1: T, 2: T, 3: T });
  assert.deepEqual(results[1].generations[2].trainedOn, { 3: T });
});

test("a regime of one's own is a plain value, and one that asks for what is not there is refused", async () => {
  const lastTwo: Regime = {
    name: "last two",
    plan: (n, items) => ({
      parts: n === 1 ? [{ block: 1 }] : [{ block: n - 1 }, { block: n }],
      produce: items,
    }),
  };
  const { results } = await run(chains(lastTwo, 1, 3));
  assert.deepEqual(results[0].generations[2].trainedOn, { 2: T, 3: T });
  const future: Regime = { name: "future", plan: () => ({ parts: [{ block: 2 }], produce: 1 }) };
  await assert.rejects(run(chains(future, 1, 2)), /Regime future asks for block 2 at iteration 1/);
});

test("progress counts work done out of work planned, up to all of it", async () => {
  const { events } = await run(chains(accumulate, 1, 3));
  const progress = events.filter((event) => event.type === "progress");
  // Cost is items trained on plus items sampled: T+T, 2T+T, 3T+T.
  assert.equal(progress[0].total, 9 * T);
  const done = progress.map((event) => event.done);
  assert.deepEqual(
    done,
    [...done].sort((a, b) => a - b),
  );
  assert.ok(Math.abs((done.at(-1) ?? 0) - 9 * T) < 1e-9);
});
