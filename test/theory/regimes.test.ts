import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configOf } from "../../lib/experiments/linear/config";
import { literalErrors } from "../../lib/experiments/linear/simulation/index";
import type { Plan, Regime } from "../../lib/pool/regime";
import * as regimes from "../../lib/pool/regimes";
import { Streams } from "../../lib/random/streams";
import * as theory from "../../lib/theory/index";
import { assertMean } from "../experiments/linear/support";

const N = 12;
const condition = { d: 4, T: 30, sigma2: 2, sigmaLater2: 0.5 };
const plain = { d: 4, T: 30, sigma2: 2 };

const make = (name: string, plan: (n: number, T: number) => Plan): Regime => ({ name, plan });

/** Real and newest items together. */
const realAndNewest = make("real-and-newest", (n, T) => ({
  parts: n === 1 ? [{ block: 1 }] : [{ block: 1 }, { block: n }],
  produce: T,
}));

function errorsOf(regime: Regime, at: theory.Condition = condition, n = N): Float64Array {
  const expected = theory.expectedErrors(regime, at, n);
  assert.ok(expected?.exact, `${regime.name} has an exact form`);
  return expected.errors;
}

function near(actual: ArrayLike<number>, expected: (n: number) => number, what: string): void {
  for (let i = 0; i < actual.length; i++) {
    const value = expected(i + 1);
    assert.ok(
      Math.abs(actual[i] - value) < 1e-12 * Math.max(1, value),
      `${what}: ${actual[i]} is not ${value} at n = ${i + 1}`,
    );
  }
}

describe("a regime of whole blocks has its recursion's exact error", () => {
  const two = (n: number) => ({ d: 4, T: 30, n, sigmaReal2: 2, sigmaLater2: 0.5 });

  test("Replace, Replace-Multiple, Accumulate, two noises: the paper's formulas, the same X", () => {
    near(errorsOf(regimes.replace), (n) => theory.replaceTwoNoises(two(n)), "replace");
    near(
      errorsOf(regimes.replaceMultiple),
      (n) => theory.replaceMultipleTwoNoises(two(n)),
      "multiple",
    );
    near(errorsOf(regimes.accumulate), (n) => theory.accumulateTwoNoises(two(n)), "accumulate");
  });

  test("the same with new inputs; a pool growing 1.5-fold too, whose blocks are no multiples of T", () => {
    const fresh = { ...plain, freshX: true };
    near(errorsOf(regimes.replace, fresh), (n) => theory.replaceError({ ...plain, n }), "replace");
    const multiple = (n: number) => theory.replaceMultipleFreshError({ ...plain, n });
    near(errorsOf(regimes.replaceMultiple, fresh), multiple, "multiple");
    const accumulate = (n: number) => theory.accumulateFreshError({ ...plain, n });
    near(errorsOf(regimes.accumulate, fresh), accumulate, "accumulate");
    const pool = (n: number) => Math.round(30 * 1.5 ** (n - 1));
    near(
      errorsOf(regimes.growing(1.5), fresh),
      (n) => {
        let sum = 0;
        for (let k = 1; k <= n; k++) {
          const share = k === 1 ? 1 : 1 - pool(k - 1) / pool(k);
          sum += (2 * 4 * share) / (pool(k) - 4 - 1);
        }
        return sum;
      },
      "growing 1.5-fold",
    );
  });

  test("a pool that doubles or triples: v (1 + (g−1) Σ g^{−i})", () => {
    for (const g of [2, 3])
      near(
        errorsOf(regimes.growing(g), plain),
        (n) => theory.accumulateGrowingError({ ...plain, n, g }),
        `growing ${g}-fold`,
      );
  });

  test("real and newest items: u_n = (ξ_1 + u_{n−1} + ξ_n)/2, tending to 4/3 v", () => {
    const v = theory.oneFitError(plain);
    // Coefficients of ξ_1 … ξ_n by hand.
    let c = [1];
    near(
      errorsOf(realAndNewest, plain),
      (n) => {
        if (n > 1) c = [...c.map((value, k) => (value + (k === 0 ? 1 : 0)) / 2), 1 / 2];
        return v * c.reduce((sum, value) => sum + value ** 2, 0);
      },
      "real and newest",
    );
    assert.ok(Math.abs(errorsOf(realAndNewest, plain, 60)[59] / v - 4 / 3) < 1e-12);
  });

  test("a regime of one's own has the error of what it does, not of what it is called", () => {
    const impostor = make("accumulate", regimes.replace.plan);
    assert.deepEqual(errorsOf(impostor), errorsOf(regimes.replace));
    const twin = make("my-own", regimes.accumulate.plan);
    assert.deepEqual(errorsOf(twin), errorsOf(regimes.accumulate));
  });
});

test("any regime of whole blocks, drawn at random: the literal simulation's mean is the exact one", async () => {
  // Blocks and batch sizes by a fixed rule without a pattern.
  const odd = make("odd", (n, T) => ({
    parts: Array.from({ length: n }, (_, i) => i + 1)
      .filter((block) => block === n || (block * n) % 3 === 1)
      .map((block) => ({ block })),
    produce: T * (1 + (n % 3)),
  }));
  const at = { d: 3, T: 12, sigma2: 1, sigmaLater2: 2 };
  const config = configOf(at, { testItems: 1 });
  const paths: Float64Array[] = [];
  for (let seed = 0; seed < 400; seed++)
    paths.push(await literalErrors(config, odd, 6, Streams.ofSeed(seed)));
  errorsOf(odd, at, 6).forEach((expected, i) => {
    assertMean(
      paths.map((path) => path[i]),
      expected,
      `n = ${i + 1}`,
    );
  });
});

test("unseen real items and the newest block, new inputs: v Σ c^k; two noises by its recursion", () => {
  const [d, items, share] = [4, 16, 0.25];
  const at = { d, T: 400, sigma2: 1, freshX: true };
  near(
    errorsOf(regimes.freshReal(share, items), at),
    (n) => theory.freshRealError({ d, T: items, sigma2: 1, n, alpha: share }),
    "fresh real",
  );
  const c = theory.freshRealCarry({ d, T: items, m: 12 });
  const two = errorsOf(regimes.freshReal(share, items), { ...at, sigmaLater2: 3 }, 2);
  assert.ok(Math.abs(two[0] - d / 11) < 1e-12);
  assert.ok(Math.abs(two[1] - (c * two[0] + (d / 11) * (4 + 3 * 12) * (1 / 16))) < 1e-12);
});

test("Accumulate-Subsample and kept real items: to leading order, and said so", () => {
  const subsample = theory.expectedErrors(regimes.accumulateSubsample, plain, 5);
  assert.equal(subsample?.exact, false);
  near(subsample.errors, (n) => theory.subsampleError({ ...plain, n }), "subsample");
  const kept = theory.expectedErrors(regimes.keepReal(0.1), plain, 5);
  assert.equal(kept?.exact, false);
  near(kept.errors, (n) => theory.keptRealError({ ...plain, n, alpha: 0.1 }), "kept");
});

const UNKNOWN: readonly [string, Regime, Partial<theory.Condition>][] = [
  ["a pool growing by a half, whose blocks cut X", regimes.growing(1.5), {}],
  ["kept real items with new inputs", regimes.keepReal(0.1), { freshX: true }],
  ["a subsample with other noise later", regimes.accumulateSubsample, { sigmaLater2: 1 }],
  ["unseen real items with the same X", regimes.freshReal(0.5, 10), {}],
  ["the real block twice, with new inputs", realAndNewest, { freshX: true }],
  [
    "a subsample of one's own, called like the built-in one",
    make("accumulate-subsample", (n, T) => ({
      parts: [{ block: n }],
      subsample: Math.ceil(T / 2),
      produce: T,
    })),
    {},
  ],
  [
    "a plan with a treatment that no form knows",
    make("replace", (n, T) => ({
      parts: [{ block: n }],
      produce: T,
      curate: { kind: "edit", edit: "labels", share: 0.1 },
    })),
    {},
  ],
  [
    "a part with a treatment that no form knows",
    make("replace", (n, T) => ({ parts: [{ block: n, weight: 2 }], produce: T })),
    {},
  ],
];

for (const [what, regime, change] of UNKNOWN)
  test(`nothing is claimed about ${what}`, () => {
    assert.equal(theory.expectedErrors(regime, { ...plain, ...change }, 4), undefined);
  });

test("T ≤ d + 1 is refused for every regime", () => {
  for (const regime of [regimes.replace, regimes.accumulateSubsample, regimes.keepReal(0.5)])
    assert.throws(() => theory.expectedErrors(regime, { d: 10, T: 11, sigma2: 1 }, 3), /too few/);
});

test("a plan that trains on an empty block is refused", () => {
  const lazy = make("lazy", (n, T) => ({ parts: [{ block: n }], produce: n === 2 ? 0 : T }));
  assert.throws(() => theory.expectedErrors(lazy, plain, 3), /model 3 trains on block 3.*empty/);
});
