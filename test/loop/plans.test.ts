import assert from "node:assert/strict";
import { test } from "node:test";
import { categoricalTask } from "../../lib/experiments/toy/categorical";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { type Chain, chain } from "../../lib/loop/chain";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import type { Task } from "../../lib/loop/task";
import type { Part, Plan, Regime } from "../../lib/pool/regime";
import { curated, replace, weightedReal } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";

const T = 12;
const config = { data: { trainItems: T, testItems: 1 } };

const gaussian = (regime: Regime, more: Partial<Chain> = {}) =>
  ({ ...chain({ task: gaussianTask, config, regime, seed: 0, iterations: 3 }), ...more }) as Chain;

async function run(chains: readonly Chain[], store = RunStore.open(memoryFolder())) {
  const results = await runChains(chains, { store, executor: inProcess() });
  return { store, generations: results.map(({ generations }) => generations) };
}

const regimeOf = (
  name: string,
  parts: (n: number) => Part[],
  more: Partial<Plan> = {},
): Regime => ({
  name,
  plan: (n, items) => ({ parts: parts(n), produce: items, ...more }),
});

const following = (other: string) =>
  regimeOf(`following ${other}`, (n) => [n === 1 ? { block: 1 } : { block: n, chain: other }]);

test("a chain can be trained on another's blocks: its models are then those of the other chain", async () => {
  const { generations } = await run([
    // In either order: what a chain follows need not come first.
    gaussian(following("leader")),
    gaussian(replace, { name: "leader" }),
  ]);
  const [follower, leader] = generations;
  assert.deepEqual(
    follower.map(({ metrics }) => metrics),
    leader.map(({ metrics }) => metrics),
  );
  assert.deepEqual(follower[2].trainedOn, { "leader/3": T });
  assert.notEqual(follower[2].fit, leader[2].fit);
});

test("models can feed on each other; a chain that another is trained on determines its address", async () => {
  const mutual = (other: string) =>
    regimeOf("mutual", (n) =>
      n === 1
        ? [{ block: 1 }]
        : [{ block: n }, { block: n, chain: other }, { block: 1, chain: other }],
    );
  const pair = (temperature: number) => [
    gaussian(mutual("b"), { name: "a" }),
    gaussian(mutual("a"), { name: "b", config: { ...config, sampling: { temperature } } }),
  ];
  const { store, generations } = await run(pair(1));
  const [[, , last]] = generations;
  assert.deepEqual(last.trainedOn, { "3": T, "b/3": T, "b/1": T });
  // One of them sampled otherwise: the other's later models change, its first does not.
  const changed = (await run(pair(2), store)).generations[0];
  assert.equal(changed[0].fit, generations[0][0].fit);
  assert.notEqual(changed[1].fit, generations[0][1].fit);
  assert.notDeepEqual(changed[1].metrics, generations[0][1].metrics);
});

test("blocks of chains that do not exist, do not exist yet or are made otherwise are refused", async () => {
  const asks = (block: (n: number) => number, name = "other") =>
    regimeOf("asking", (n) => [{ block: block(n), chain: name }]);
  const other = gaussian(replace, { name: "other" });
  const categorical = chain({
    ...{ task: categoricalTask, regime: replace, seed: 0, iterations: 3, name: "other" },
    config: { data: { probabilities: [1, 1], trainItems: T } },
  });
  const now = (n: number) => n;
  for (const [chains, sentence] of [
    [[gaussian(asks(now))], /no chain of this run with seed 0 has that name/],
    [[gaussian(asks(now, "othr")), other], /has that name\. Did you mean "other"\?/],
    [[gaussian(asks(now)), { ...other, seed: 1 }], /no chain of this run with seed 0/],
    [[gaussian(asks(now)), other, other], /2 chains of this run with seed 0 have that name/],
    // In a circle: neither model could be fitted before the other.
    [
      [
        gaussian(
          asks((n) => n + 1, "b"),
          { name: "a" },
        ),
        gaussian(
          asks((n) => n + 1, "a"),
          { name: "b" },
        ),
      ],
      /asks for block 2 of chain "b" at iteration 1; blocks 1 … 1 exist then/,
    ],
    [[gaussian(asks(now)), { ...other, iterations: 1 }], /that chain has only 1 iterations/],
    [[gaussian(asks(now)), categorical], /items of task "categorical" are made of other fields/],
  ] as [Chain[], RegExp][])
    await assert.rejects(run(chains), (error: Error) => {
      assert.equal(error.name, "UserError");
      assert.match(error.message, sentence);
      return true;
    });
});

test("weights reach the fit: a weighted mean, and the same numbers as without where all are alike", async () => {
  const weighted = (weight: number) =>
    regimeOf(`weighted ${weight}`, (n) =>
      n === 1
        ? [{ block: 1 }]
        : [
            { block: 1, weight },
            { block: n, weight: 1 },
          ],
    );
  const means = async (weight: number) =>
    (await run([gaussian(weighted(weight))])).generations[0].map(({ metrics }) => metrics.mean);
  const [real, , plain] = await means(1);
  const [, , heavy] = await means(1e9);
  assert.ok(Math.abs(heavy - real) < 1e-6);
  assert.ok(Math.abs(plain - real) > 1e-3);
});

test("a regime with weights is refused by a task that cannot use them, before anything is fitted", async () => {
  let fits = 0;
  const { weighted: _, ...unweighted } = gaussianTask;
  const task: Task<never> = {
    ...(unweighted as unknown as Task<never>),
    fit: async () => {
      fits++;
      return {};
    },
  };
  await assert.rejects(
    run([gaussian(weightedReal({ weight: 0.6 }), { task: task as unknown as Task<unknown> })]),
    /^UserError: Regime weighted-real-0.6-ratio-1 gives parts of the training set a weight, which the fit of task "gaussian" cannot use/,
  );
  assert.equal(fits, 0);
});

test("a fit sees where its items come from only if the regime says so", async () => {
  const seen: number[] = [];
  const looking = {
    ...gaussianTask,
    module: undefined,
    fit: (async (settings, view, context) => {
      seen.push(view.provenance(0).block, view.counts().get(String(view.provenance(0).block))!);
      return gaussianTask.fit(settings, view, context);
    }) as typeof gaussianTask.fit,
  } as unknown as Task<unknown>;
  await assert.rejects(run([gaussian(replace, { task: looking })]), /A fit sees no provenance/);
  const visible = regimeOf("visible", (n) => [{ block: n }], { provenance: "visible" });
  await run([gaussian(visible, { task: looking })]);
  assert.deepEqual(seen, [1, T, 2, T, 3, T]);
});

test("curation by an unknown score or edit is refused with the known ones, before anything is fitted", async () => {
  for (const [curate, sentence] of [
    [
      { kind: "keep-top", share: 0.5, score: "y" },
      /curates by "y", but task "gaussian" has no such score\. Did you mean "x"\?/,
    ],
    [{ kind: "edit", edit: "real-drw", share: 0.5 }, /no such edit\. Did you mean "real-draw"\?/],
    [
      { kind: "best-of", candidates: 2, reward: "x", other: { share: 0.5, reward: "constructor" } },
      /curates by "constructor", .*no such score\. Valid: x\./,
    ],
  ] as const)
    await assert.rejects(run([gaussian(curated(replace, curate))]), sentence);
  const plain = { ...gaussianTask, scores: undefined } as unknown as Task<unknown>;
  await assert.rejects(
    run([
      gaussian(curated(replace, { kind: "keep-top", share: 0.5, score: "x" }), { task: plain }),
    ]),
    /curates by "x", but task "gaussian" has no scores\./,
  );
});

test("curation belongs to the block: it shares the first fit, and a new version of its score does not", async () => {
  const top = curated(replace, { kind: "keep-top", share: 0.5, score: "x" });
  const { store, generations } = await run([gaussian(replace), gaussian(top)]);
  const [[plain], [first, second]] = generations;
  assert.equal(first.fit, plain.fit);
  assert.notEqual(first.block, plain.block);
  assert.deepEqual(first.curated, { drawn: 2 * T, kept: T, changed: 0 });
  assert.equal(plain.curated, undefined);
  assert.ok(second.metrics.mean > first.metrics.mean);
  const raised = {
    ...gaussianTask,
    scores: { x: { ...gaussianTask.scores!.x, version: 2 } },
  } as unknown as Task<unknown>;
  const again = (await run([gaussian(top, { task: raised })], store)).generations[0];
  assert.equal(again[0].fit, first.fit);
  assert.notEqual(again[0].block, first.block);
});

test("regimes that differ in words alone share their fits: whole ranges, draws of everything", async () => {
  const [block1, newest] = [{ block: 1 }, (n: number) => ({ block: n })];
  const chains = [
    regimeOf("short", (n) => (n === 1 ? [block1] : [block1, newest(n)])),
    regimeOf("range", (n) => (n === 1 ? [block1] : [{ ...block1, range: [0, T] }, newest(n)])),
    regimeOf("draw", (n) => (n === 1 ? [block1] : [block1, { ...newest(n), draw: T }])),
    {
      name: "subsample",
      plan: (n: number) => ({
        parts: n === 1 ? [block1] : [block1, newest(n)],
        subsample: n === 1 ? T : 2 * T,
        produce: T,
      }),
    },
  ].map((regime) => gaussian(regime));
  const { generations } = await run(chains);
  const fits = generations.map((chain) => chain.map(({ fit }) => fit));
  for (const other of fits.slice(1)) assert.deepEqual(other, fits[0]);
});

test("a score that is not finite stops the run with a sentence", async () => {
  const task = {
    ...gaussianTask,
    scores: { x: { version: 1, run: () => new Float64Array(2 * T).fill(Number.NaN) } },
  } as unknown as Task<unknown>;
  await assert.rejects(
    run([gaussian(curated(replace, { kind: "keep-top", share: 0.5, score: "x" }), { task })]),
    /The score "x" of task "gaussian" is NaN for a sample; it must be finite/,
  );
});
