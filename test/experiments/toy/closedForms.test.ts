import assert from "node:assert/strict";
import { test } from "node:test";
import { categoricalTask } from "../../../lib/experiments/toy/categorical";
import { gaussianTask } from "../../../lib/experiments/toy/gaussian";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import type { Task } from "../../../lib/loop/task";
import type { CurationCounts } from "../../../lib/pool/curation/curate";
import type { Regime } from "../../../lib/pool/regime";
import {
  curated,
  realAndLatest,
  replace,
  replaceGrowing,
  weightedReal,
} from "../../../lib/pool/regimes";
import { RunStore } from "../../../lib/store/runStore";
import type { Weights } from "../../../lib/store/weights";
import { generationsInMemory, inMemory } from "../../support/inMemory";
import { temporaryFolder } from "../../support/temporary";

// Seeds are fixed, so that each test passes or fails always. Every comparison allows 4.5 standard
// errors, from 40 chains or more: with the fewer than 100 comparisons here, a sound program with fresh
// seeds would fail one of them with a probability below 5e-3 (Student, 39 degrees of freedom).
const Z = 4.5;

interface Estimate {
  readonly mean: number;
  readonly se: number;
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, se: Math.sqrt(variance / values.length) };
}

function agrees({ mean, se }: Estimate, expected: number, what: string): void {
  assert.ok(Math.abs(mean - expected) < Z * se, `${what}: ${mean} ± ${se}, expected ${expected}`);
}

interface Generation {
  readonly metrics: Readonly<Record<string, number>>;
  readonly counts: CurationCounts;
}

/**
 * Chains of a task whose metrics are its parameters: [seed][n − 1]. They are computed in memory, and the
 * first one through the loop and the run store too, which must give the same numbers to the last bit.
 */
async function chainsOf<C>(
  task: Task<C>,
  config: C,
  regime: Regime,
  seeds: number,
  iterations: number,
): Promise<Generation[][]> {
  const chains: Generation[][] = [];
  for (let seed = 0; seed < seeds; seed++)
    chains.push(
      (await generationsInMemory(task, config, regime, seed, iterations)).map(
        ({ weights, counts }) => ({ metrics: parametersOf(weights), counts }),
      ),
    );
  const [{ generations }] = await runChains(
    [chain({ task, config, regime, seed: 0, iterations })],
    { store: RunStore.open(temporaryFolder()), executor: inProcess() },
  );
  for (const [k, { metrics, counts }] of chains[0].entries()) {
    for (const [name, value] of Object.entries(metrics))
      assert.equal(generations[k].metrics[name], value, `${name} of model ${k + 1}`);
    assert.deepEqual(generations[k].curated, counts);
  }
  return chains;
}

/** A model's parameters, named like the metrics that repeat them. */
function parametersOf({ p, parameters }: Weights): Record<string, number> {
  if (p) return Object.fromEntries(Array.from(p.data, (share, k) => [`p${k}`, share]));
  const [mean, variance] = parameters.data;
  return { mean, variance };
}

const normal = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Φ by its series, to 1e-12 for |x| < 5. */
function cumulative(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-16; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + normal(x) * sum;
}

test("best of 2 by Bradley–Terry: p' = p·H, H(x) = Σ_y p(y) 2e^{r(x)}/(e^{r(x)} + e^{r(y)})", async () => {
  const reward = Array.from({ length: 6 }, (_, k) => Math.exp((1.5 * k) / 5));
  const next = (p: readonly number[]) =>
    p.map(
      (px, x) =>
        px * p.reduce((sum, py, y) => sum + (py * 2 * reward[x]) / (reward[x] + reward[y]), 0),
    );
  const exact = [Array<number>(6).fill(1 / 6)];
  for (let t = 1; t < 6; t++) exact.push(next(exact[t - 1]));
  const published = [0.0096, 0.0256, 0.0622, 0.137, 0.2729, 0.4926];
  for (const [x, p] of published.entries()) assert.ok(Math.abs(exact[5][x] - p) < 6e-5);

  const chains = await chainsOf(
    categoricalTask,
    { data: { probabilities: Array(6).fill(1), trainItems: 2000 } },
    curated(replace, { kind: "best-of", candidates: 2, reward: "position", factor: 1.5 }),
    40,
    6,
  );
  for (let x = 0; x < 6; x++)
    agrees(estimate(chains.map((c) => c[5].metrics[`p${x}`])), exact[5][x], `p${x} after 5 rounds`);
  for (const { counts } of chains[0])
    assert.deepEqual(counts, { drawn: 4000, kept: 2000, changed: 0 });
});

test("best of 2 where half of the choices are made by −r: nothing is preferred", async () => {
  const chains = await chainsOf(
    categoricalTask,
    { data: { probabilities: Array(3).fill(1), trainItems: 2000 } },
    curated(replace, {
      ...{ kind: "best-of", candidates: 2, reward: "position", factor: 2 },
      other: { share: 0.5, reward: "position", factor: -2 },
    }),
    40,
    3,
  );
  const drift = chains.map((c) => c[2].metrics.p2 - c[2].metrics.p0);
  agrees(estimate(drift), 0, "drift");
});

test("keep the top half: mean += i·σ, variance × (1 − i(i − z)), i = φ(z)/q", async () => {
  const i = normal(0) / 0.5;
  const factor = 1 - i * i;
  const chains = await chainsOf(
    gaussianTask,
    { data: { trainItems: 3000 } },
    curated(replace, { kind: "keep-top", share: 0.5, score: "x" }),
    40,
    7,
  );
  let [mean, variance] = [0, 1];
  for (let n = 2; n <= 7; n++) {
    mean += i * Math.sqrt(variance);
    variance *= factor;
    agrees(estimate(chains.map((c) => c[n - 1].metrics.mean)), mean, `mean at ${n}`);
    agrees(estimate(chains.map((c) => c[n - 1].metrics.variance)), variance, `variance at ${n}`);
  }
  assert.ok(Math.abs(mean - 1.912) < 5e-4 && Math.abs(factor - 0.3634) < 5e-5);
  assert.deepEqual(chains[0][0].counts, { drawn: 6000, kept: 3000, changed: 0 });
});

test("a window of verified samples: μ' = μ + σ(φ(a) − φ(b))/(Φ(b) − Φ(a)) tends to its centre", async () => {
  const [centre, radius] = [0.5, 1.5];
  const chains = await chainsOf(
    gaussianTask,
    { data: { trainItems: 3000 }, training: { variance: 1 } },
    curated(replace, { kind: "window", score: "x", centre, radius }),
    40,
    6,
  );
  const published = [0.2296, 0.3518, 0.4184, 0.455, 0.4752];
  let mean = 0;
  for (let n = 2; n <= 6; n++) {
    const [a, b] = [centre - radius - mean, centre + radius - mean];
    mean += (normal(a) - normal(b)) / (cumulative(b) - cumulative(a));
    assert.ok(Math.abs(mean - published[n - 2]) < 6e-5);
    agrees(estimate(chains.map((c) => c[n - 1].metrics.mean)), mean, `mean at ${n}`);
  }
  const first = chains.map((c) => c[0].counts);
  assert.ok(first.every(({ kept }) => kept === 3000));
  // P(−1 < x < 2) of the first model, about .82, is kept.
  const shares = first.map(({ kept, drawn }) => kept / drawn);
  assert.ok(Math.abs(estimate(shares).mean - (cumulative(2) - cumulative(-1))) < 0.01);
});

test("a share p of real draws edited in holds the variance at p/(1 − (1 − p)τ)", async () => {
  const [p, temperature] = [0.3, 0.5];
  const chains = await chainsOf(
    gaussianTask,
    { data: { trainItems: 800 }, training: { estimator: "unbiased" }, sampling: { temperature } },
    curated(replace, { kind: "edit", edit: "real-draw", share: p }),
    40,
    8,
  );
  agrees(
    estimate(chains.map((c) => c[7].metrics.variance)),
    p / (1 - (1 - p) * temperature),
    "variance",
  );
  const changed = chains.flatMap((c) => c.map(({ counts }) => counts.changed));
  agrees(estimate(changed), p * 800, "edited items");
});

/** Mean squared error of the mean of N(0, 1) at each iteration, over the variance of one fit. */
async function errorRatios(regime: Regime, trainItems: number, seeds: number, iterations: number) {
  const errors: number[][] = Array.from({ length: iterations }, () => []);
  const config = { data: { trainItems, testItems: 1 }, training: { variance: 1 } };
  for (let seed = 0; seed < seeds; seed++)
    for (const [k, { parameters }] of (
      await inMemory(gaussianTask, config, regime, seed, iterations)
    ).entries())
      errors[k].push(parameters.data[0] ** 2);
  return errors;
}

test("weighted real share: the error tends to [w² + k(1−w)²]/[w(2−w)]·σ²/n, least at the golden ratio", async () => {
  const [n, rounds] = [3, 24];
  for (const [ratio, weight] of [
    [1, 0.618],
    [1, 0.5],
    [4, 0.3904],
  ]) {
    const k = 1 / ratio;
    const error = (w: number) => (w ** 2 + k * (1 - w) ** 2) / (w * (2 - w));
    const best = (Math.sqrt(k * k + 4 * k) - k) / 2;
    // At the best weight the error is that weight; every other one is worse.
    assert.ok(Math.abs(error(best) - best) < 1e-12);
    assert.ok(error(best - 0.1) > error(best) && error(best + 0.1) > error(best));

    const regime = weightedReal({ weight, ratio, items: n });
    const errors = await errorRatios(regime, n * rounds, 300, rounds);
    // From round 9 on; what is left of the first fit, (1 − w)^16, is below 1e-3.
    const perSeed = errors[0].map((_, s) => {
      const late = errors.slice(8).map((round) => n * round[s]);
      return late.reduce((a, b) => a + b, 0) / late.length;
    });
    agrees(estimate(perSeed), error(weight), `k = ${k}, w = ${weight}`);
  }
});

test("replace with growing rounds n·t^a: the error of the mean is Σ t^(−a) times that of one fit", async () => {
  const T = 4;
  for (const exponent of [0, 1, 2]) {
    const errors = await errorRatios(replaceGrowing(exponent), T, 1500, 6);
    let expected = 0;
    for (let n = 1; n <= 6; n++) {
      expected += n ** -exponent;
      agrees(estimate(errors[n - 1].map((e) => T * e)), expected, `a = ${exponent}, n = ${n}`);
    }
  }
});

test("replace with growing rounds: E log σ² = Σ [ψ((n_t − 1)/2) − log((n_t − 1)/2)]", async () => {
  const T = 20;
  for (const exponent of [0, 1]) {
    const config = {
      data: { trainItems: T, testItems: 1 },
      training: { estimator: "unbiased" as const },
    };
    const logs: number[] = [];
    for (let seed = 0; seed < 250; seed++) {
      const models = await inMemory(gaussianTask, config, replaceGrowing(exponent), seed, 10);
      logs.push(Math.log(models[9].parameters.data[1]));
    }
    let expected = 0;
    for (let t = 1; t <= 10; t++) {
      const half = (Math.round(T * t ** exponent) - 1) / 2;
      expected += digamma(half) - Math.log(half);
    }
    agrees(estimate(logs), expected, `a = ${exponent}`);
  }
});

function digamma(x: number): number {
  if (x < 10) return digamma(x + 1) - 1 / x;
  return Math.log(x) - 1 / (2 * x) - 1 / (12 * x ** 2) + 1 / (120 * x ** 4) - 1 / (252 * x ** 6);
}

test("the real data and the latest block: the error tends to (1 + 3λ)/(1 + 2λ) times that of one fit", async () => {
  const T = 4;
  for (const ratio of [0.5, 1, 4]) {
    const errors = await errorRatios(realAndLatest(ratio), T, 1500, 8);
    // θ_n = (θ_1 + λ(θ_{n−1} + e))/(1 + λ), Var e = 1/λ, Cov(θ_1, θ_n) = 1, all over σ²/T.
    let expected = 1;
    for (let n = 1; n <= 8; n++) {
      agrees(estimate(errors[n - 1].map((e) => T * e)), expected, `λ = ${ratio}, n = ${n}`);
      expected = (1 + 2 * ratio + ratio ** 2 * (expected + 1 / ratio)) / (1 + ratio) ** 2;
    }
    for (let n = 0; n < 200; n++)
      expected = (1 + 2 * ratio + ratio ** 2 * (expected + 1 / ratio)) / (1 + ratio) ** 2;
    assert.ok(Math.abs(expected - (1 + 3 * ratio) / (1 + 2 * ratio)) < 1e-9);
  }
});

test("sampling at temperature τ: under replace the variance is τ^(n−1) times what it was", async () => {
  const config = {
    data: { trainItems: 6, testItems: 1 },
    training: { estimator: "unbiased" as const },
    sampling: { temperature: 0.7 },
  };
  const variances: number[] = [];
  for (let seed = 0; seed < 2000; seed++) {
    const models = await inMemory(gaussianTask, config, replace, seed, 4);
    variances.push(models[3].parameters.data[1]);
  }
  agrees(estimate(variances), 0.7 ** 3, "variance");
});
