import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chain } from "../../lib/loop/chain";
import type { Evaluation } from "../../lib/loop/evaluation";
import type { LoopEvent } from "../../lib/loop/events";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import type { Task } from "../../lib/loop/task";
import type { Regime } from "../../lib/pool/regime";
import { accumulate, accumulateSubsample, replace, replaceMultiple } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { type Calls, type CountingConfig, countingTask } from "../support/countingTask";
import { memoryFolder } from "../support/temporary";

type Input = { readonly [K in keyof CountingConfig]?: CountingConfig[K] };

/** A store, and a way to run chains in it that tells how often each function was called. */
function setting(store = RunStore.open(memoryFolder())) {
  return async (
    configs: readonly Input[],
    {
      regimes = [replace] as readonly Regime[],
      iterations = 3,
      changes = (_calls: Calls): Partial<Task<CountingConfig>> => ({}),
    } = {},
  ) => {
    const calls: Calls = { loads: 0, fits: 0, samples: 0, evaluations: 0 };
    const task = countingTask(calls, changes(calls));
    const events: LoopEvent[] = [];
    const results = await runChains(
      configs.flatMap((config) =>
        regimes.map((regime) =>
          chain({
            task,
            config: { data: { items: 8 }, ...config } as CountingConfig,
            regime,
            seed: 0,
            iterations,
          }),
        ),
      ),
      { store, executor: inProcess(), onEvent: (event) => void events.push(event) },
    );
    return { calls, results, events, store };
  };
}

const NOTHING: Calls = { loads: 0, fits: 0, samples: 0, evaluations: 0 };

test("a new evaluation on a finished chain: 0 loads, 0 fits, 0 samples, and the other is not repeated", async () => {
  const run = setting();
  assert.deepEqual((await run([{}])).calls, { loads: 1, fits: 3, samples: 3, evaluations: 3 });
  const maximum: Evaluation<CountingConfig> = {
    version: 1,
    reads: ["block", "training-set"],
    run: async (_config, { block, view }) => ({
      metrics: {
        largest: Math.max(...block.range(0, block.length).columns.x.data),
        largestBefore: Math.max(...view.range(0, view.length).columns.x.data),
      },
    }),
  };
  let measured = 0;
  const { calls, results } = await run([{}], {
    changes: (calls) => ({
      evaluations: {
        ...countingTask(calls).evaluations,
        maximum: {
          ...maximum,
          run(...args) {
            measured++;
            return maximum.run(...args);
          },
        },
      },
    }),
  });
  assert.deepEqual(calls, NOTHING);
  assert.equal(measured, 3);
  // Under replace, what model n samples is what model n+1 is trained on.
  const { generations } = results[0];
  for (const n of [0, 1])
    assert.equal(generations[n].metrics.largest, generations[n + 1].metrics.largestBefore);
  assert.deepEqual(Object.keys(generations[0].metrics), ["moment", "largest", "largestBefore"]);
});

test("a changed evaluation, by its version or its section of the config, runs alone", async () => {
  const run = setting();
  await run([{}]);
  const power = await run([{ evaluation: { power: 2 } }]);
  assert.deepEqual(power.calls, { ...NOTHING, evaluations: 3 });
  const raised = await run([{}], {
    changes: (calls) => ({
      evaluations: { moment: { ...countingTask(calls).evaluations.moment, version: 2 } },
    }),
  });
  assert.deepEqual(raised.calls, { ...NOTHING, evaluations: 3 });
  assert.deepEqual((await run([{ evaluation: { power: 2 } }])).calls, NOTHING);
});

test("two temperatures share the fit of iteration 1 and its evaluation, and nothing after it", async () => {
  const run = setting();
  const { calls, results } = await run([{}, { sampling: { temperature: 0.5 } }]);
  assert.deepEqual(calls, { loads: 1, fits: 1 + 2 * 2, samples: 2 * 3, evaluations: 1 + 2 * 2 });
  const [[warm], [cold]] = results.map(({ generations }) => generations);
  assert.equal(warm.fit, cold.fit);
  assert.deepEqual(warm.evaluations, cold.evaluations);
  assert.notEqual(warm.block, cold.block);
  assert.notDeepEqual(results[0].generations[1].metrics, results[1].generations[1].metrics);
});

test("all regimes of the paper share the fit of iteration 1", async () => {
  const { calls, results } = await setting()([{}], {
    regimes: [replace, accumulate, replaceMultiple, accumulateSubsample],
  });
  assert.deepEqual(calls, {
    loads: 1,
    fits: 1 + 4 * 2,
    samples: 2 + 4 * 2,
    evaluations: 1 + 4 * 2,
  });
  assert.equal(new Set(results.map(({ generations }) => generations[0].fit)).size, 1);
});

test("each version makes anew what it stands for and what was made from that, and nothing else", async () => {
  const version = { data: 1, fit: 1, sample: 1 };
  for (const [change, expected] of [
    [{ data: 2 }, { loads: 1, fits: 3, samples: 3, evaluations: 3 }],
    [{ fit: 2 }, { loads: 0, fits: 3, samples: 3, evaluations: 3 }],
    // Model 1 is trained on real data, so it stays.
    [{ sample: 2 }, { loads: 0, fits: 2, samples: 3, evaluations: 2 }],
  ] as const) {
    const run = setting();
    await run([{}]);
    const { calls } = await run([{}], { changes: () => ({ version: { ...version, ...change } }) });
    assert.deepEqual(calls, expected);
  }
});

test("each section of a config makes anew what depends on it, and nothing else", async () => {
  for (const [config, expected] of [
    [{ data: { items: 9 } }, { loads: 1, fits: 3, samples: 3, evaluations: 3 }],
    [{ training: { shift: 1 } }, { loads: 0, fits: 3, samples: 3, evaluations: 3 }],
    [{ sampling: { temperature: 2 } }, { loads: 0, fits: 2, samples: 3, evaluations: 2 }],
    [{ evaluation: { power: 2 } }, { loads: 0, fits: 0, samples: 0, evaluations: 3 }],
  ] as const) {
    const run = setting();
    await run([{}]);
    assert.deepEqual((await run([config])).calls, expected);
  }
});

test("chains that run side by side wait for a stage that they share instead of making it twice", async () => {
  const calls: Calls = { ...NOTHING };
  const task = countingTask(calls);
  const slow: Task<CountingConfig> = {
    ...task,
    async fit(...args) {
      await sleep(20);
      return task.fit(...args);
    },
  };
  const { run, close } = inProcess();
  await runChains(
    [1, 2, 3].map((temperature) =>
      chain({
        task: slow,
        config: { data: { items: 8 }, sampling: { temperature } } as CountingConfig,
        regime: replace,
        seed: 0,
        iterations: 1,
      }),
    ),
    { store: RunStore.open(memoryFolder()), executor: { concurrency: 3, run, close } },
  );
  assert.deepEqual(calls, { loads: 1, fits: 1, samples: 3, evaluations: 1 });
});

test("a stage that reads a section on which its address does not depend is found out", async () => {
  await assert.rejects(
    setting()([{}], {
      changes: (calls) => ({
        async fit(config, view, context) {
          assert.deepEqual(Object.keys(config), ["data", "training"]);
          assert.deepEqual(structuredClone(config), {
            data: { items: 8 },
            training: { shift: config.sampling.temperature },
          });
          return countingTask(calls).fit(config, view, context);
        },
      }),
    }),
    /The fit of task "counting" reads the section "sampling" of its config/,
  );
});

test("an evaluation reads artefacts of one that it needs, which runs first; its address follows", async () => {
  const run = setting();
  const evaluations = (version: number): Task<CountingConfig>["evaluations"] => ({
    length: {
      version: 1,
      needs: ["text"],
      run: async (_config, { artefact }) => ({
        metrics: { length: artefact("text", "text.txt").length },
      }),
    },
    text: {
      version,
      run: async () => ({ metrics: {}, artefacts: { "text.txt": Buffer.alloc(version + 4) } }),
    },
  });
  const lengths = async (version: number) => {
    const { results } = await run([{}], { changes: () => ({ evaluations: evaluations(version) }) });
    return results[0].generations.map(({ metrics }) => metrics.length);
  };
  assert.deepEqual(await lengths(1), [5, 5, 5]);
  assert.deepEqual(await lengths(2), [6, 6, 6]);
});

test("an evaluation of the data runs once for all generations that share them", async () => {
  let runs = 0;
  const baseline: Evaluation<CountingConfig> = {
    version: 1,
    of: "data",
    async run(_config, { real, test }) {
      runs++;
      return { metrics: { baseline: real.train.length + test.length } };
    },
  };
  const { results } = await setting()([{}, { sampling: { temperature: 2 } }], {
    changes: () => ({ evaluations: { baseline } }),
  });
  assert.equal(runs, 1);
  for (const { generations } of results)
    assert.deepEqual(
      generations.map(({ metrics }) => metrics.baseline),
      [16, 16, 16],
    );
});

test("wrong evaluations are refused with a sentence: unknown needs, circles, taken names, clashes", async () => {
  const one = (extra: Partial<Evaluation<CountingConfig>> = {}): Evaluation<CountingConfig> => ({
    version: 1,
    run: async () => ({ metrics: { score: 1 } }),
    ...extra,
  });
  const reading: Evaluation<CountingConfig>["run"] = async (_config, { block }) => ({
    metrics: { score: block.length },
  });
  for (const [evaluations, sentence] of [
    [
      { a: one({ needs: ["moments"] }), moment: one() },
      /"a" of task "counting" needs "moments".*Did you mean "moment"/,
    ],
    [
      { a: one({ needs: ["b"] }), b: one({ needs: ["a"] }) },
      /need each other in a circle: a → b → a/,
    ],
    [{ fit: one() }, /cannot call an evaluation "fit"/],
    [{ a: one(), b: one() }, /two evaluations, "a" and "b", that give a metric "score"/],
    [{ a: one({ run: reading }) }, /"a" reads the sampled block: it must say reads: \["block"\]/],
    [
      { a: one({ of: "data", reads: ["block"] }) },
      /measures the real data, so it cannot read the block/,
    ],
    [{ a: one({ of: "data", needs: ["b"] }), b: one() }, /cannot need "b", which measures a model/],
  ] as const)
    await assert.rejects(
      setting()([{}], { changes: () => ({ evaluations: { ...evaluations } }) }),
      sentence,
    );
});

test("edited code is noticed once, in a sentence, and what is stored is used as it is", async () => {
  const run = setting();
  const notices = ({ events }: Awaited<ReturnType<typeof run>>) =>
    events.flatMap((event) => (event.type === "notice" ? [event.sentence] : []));
  assert.deepEqual(notices(await run([{}])), []);
  assert.deepEqual(notices(await run([{}])), []);
  const edited = await run([{}], {
    changes: () => ({ fit: async () => ({ mean: { shape: [1], data: Float64Array.of(7) } }) }),
  });
  assert.deepEqual(edited.calls, NOTHING);
  assert.equal(notices(edited).length, 1);
  assert.match(notices(edited)[0], /^The code of task "counting" has changed since/);
});

test("a run in this process hears an abort that comes by the event loop", async () => {
  const controller = new AbortController();
  const task = countingTask({ ...NOTHING });
  let steps = 0;
  const busy: Task<CountingConfig> = {
    ...task,
    async fit(config, view, context) {
      const until = Date.now() + 60_000;
      // Never yields by itself, as training with a synchronous engine does not.
      for (; Date.now() < until; steps++) await context.progress(steps, 1e9);
      return task.fit(config, view, context);
    },
  };
  setTimeout(() => controller.abort(), 50);
  await assert.rejects(
    runChains(
      [
        chain({
          task: busy,
          config: { data: { items: 8 } } as CountingConfig,
          regime: replace,
          seed: 0,
          iterations: 1,
        }),
      ],
      {
        store: RunStore.open(memoryFolder()),
        executor: inProcess(),
        signal: controller.signal,
      },
    ),
    { name: "Cancelled" },
  );
  assert.ok(steps > 0);
});
