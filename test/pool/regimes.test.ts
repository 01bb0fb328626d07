import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../lib/errors";
import { MemoryBlock } from "../../lib/pool/memoryBlock";
import { regime, regimeNames } from "../../lib/pool/parseRegime";
import { poolOf } from "../../lib/pool/pool";
import type { Regime } from "../../lib/pool/regime";
import {
  accumulate,
  accumulateSubsample,
  curated,
  freshReal,
  growing,
  keepReal,
  realAndLatest,
  replace,
  replaceGrowing,
  replaceMultiple,
  weightedReal,
} from "../../lib/pool/regimes";
import { viewOf } from "../../lib/pool/viewOf";
import { Stream } from "../../lib/random/stream";
import { ID_SCHEMA, idBatch } from "./support";

/** Where the items of one round come from: pairs [block, index], in the view's order. */
type Origins = [block: number, index: number][];

/** Runs a regime on `real` items for N rounds; each round's origins and what it produces. */
function rounds(subject: Regime, real: number, N: number, seed = 0) {
  const blocks = new Map([[1, MemoryBlock.of(ID_SCHEMA, [idBatch(1, real)])]]);
  return Array.from({ length: N }, (_, k) => {
    const n = k + 1;
    const plan = subject.plan(n, real);
    const view = viewOf(plan, poolOf(blocks), new Stream(["regime test", seed, n]));
    const origins = Array.from({ length: view.length }, (_, i): [number, number] => {
      const { block, index } = view.provenance(i);
      return [block, index];
    });
    blocks.set(n + 1, MemoryBlock.of(ID_SCHEMA, [idBatch(n + 1, plan.produce)]));
    return { n, origins, produce: plan.produce };
  });
}

/** All items of a block, in order. */
function whole(block: number, length: number): Origins {
  return Array.from({ length }, (_, index) => [block, index]);
}

function from(block: number, origins: Origins): number[] {
  return origins.filter(([b]) => b === block).map(([, index]) => index);
}

const T = fc.integer({ min: 1, max: 40 });
const N = fc.integer({ min: 1, max: 6 });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

test("replace: model n sees the T items of block n and no replaced item ever again", () => {
  fc.assert(
    fc.property(T, N, (T, N) => {
      for (const { n, origins, produce } of rounds(replace, T, N)) {
        assert.deepEqual(origins, whole(n, T));
        assert.equal(produce, T);
      }
    }),
  );
});

test("accumulate: model n sees all n·T items, real ones first, in order", () => {
  fc.assert(
    fc.property(T, N, (T, N) => {
      for (const { n, origins, produce } of rounds(accumulate, T, N)) {
        const all = Array.from({ length: n }, (_, k) => whole(k + 1, T)).flat();
        assert.deepEqual(origins, all);
        assert.equal(produce, T);
      }
    }),
  );
});

test("replace-multiple: model n sees n·T items, all from model n−1; it samples (n+1)·T", () => {
  fc.assert(
    fc.property(T, N, (T, N) => {
      for (const { n, origins, produce } of rounds(replaceMultiple, T, N)) {
        assert.deepEqual(origins, whole(n, n * T));
        assert.equal(produce, (n + 1) * T);
      }
    }),
  );
});

test("accumulate-subsample: model n sees T distinct items of the n·T, and samples T", () => {
  fc.assert(
    fc.property(T, N, fc.nat(), (T, N, seed) => {
      for (const { n, origins, produce } of rounds(accumulateSubsample, T, N, seed)) {
        assert.equal(origins.length, T);
        assert.equal(new Set(origins.map(String)).size, T);
        assert.ok(origins.every(([block, index]) => block >= 1 && block <= n && index < T));
        assert.equal(produce, T);
      }
    }),
  );
});

test("accumulate-subsample: real items keep the mean share 1/n (within 4 s.e.)", () => {
  const [T, N, repeats] = [60, 4, 400];
  const real = new Float64Array(N + 1);
  for (let seed = 0; seed < repeats; seed++)
    for (const { n, origins } of rounds(accumulateSubsample, T, N, seed))
      real[n] += from(1, origins).length;
  assert.equal(real[1], T * repeats);
  for (let n = 2; n <= N; n++) {
    // Hypergeometric: T draws out of n·T of which T are real.
    const variance = (T * (1 / n) * (1 - 1 / n) * (n * T - T)) / (n * T - 1);
    const deviation = (real[n] / repeats - T / n) / Math.sqrt(variance / repeats);
    assert.ok(Math.abs(deviation) < 4, `n = ${n}: ${deviation} s.e.`);
  }
});

test("keep-real: exactly round(share·T) distinct real items, the rest of T from model n−1", () => {
  fc.assert(
    fc.property(T, N, share, (T, N, share) => {
      const kept = Math.round(share * T);
      for (const { n, origins, produce } of rounds(keepReal(share), T, N)) {
        assert.equal(produce, T - kept);
        if (n === 1) assert.deepEqual(origins, whole(1, T));
        else {
          assert.equal(new Set(from(1, origins)).size, kept);
          assert.deepEqual(from(n, origins), [...Array(T - kept).keys()]);
          assert.equal(origins.length, T);
        }
      }
    }),
  );
});

test("keep-real draws its real items anew each round, all of them equally often", () => {
  const hits = new Float64Array(50);
  const subject = keepReal(0.2);
  for (let seed = 0; seed < 1000; seed++)
    for (const { n, origins } of rounds(subject, 50, 3, seed))
      if (n > 1) for (const index of from(1, origins)) hits[index]++;
  // 2,000 draws with p = 1/5; 99.9 % quantile of chi-square with 49 degrees of freedom.
  const square = hits.reduce((sum, hit) => sum + (hit - 400) ** 2, 0);
  const chiSquare = (square / (2000 * 0.2 * 0.8)) * (49 / 50);
  assert.ok(chiSquare < 85.4, `chi-square ${chiSquare}`);
});

test("fresh-real: each round has round(share·T) real items that none had before, else model n−1's", () => {
  fc.assert(
    fc.property(T, N, share, (T, N, share) => {
      const fresh = Math.round(share * T);
      const real = T + (N - 1) * fresh;
      const seen = new Set<number>();
      for (const { n, origins, produce } of rounds(freshReal(share, T), real, N)) {
        assert.equal(origins.length, T);
        assert.equal(produce, T - fresh);
        const own = from(1, origins);
        assert.equal(own.length, n === 1 ? T : fresh);
        for (const index of own) {
          assert.ok(!seen.has(index));
          seen.add(index);
        }
        if (n > 1) assert.deepEqual(from(n, origins), [...Array(T - fresh).keys()]);
      }
      assert.equal(seen.size, real);
    }),
  );
});

test("fresh-real: one real item too few ends in a sentence with both numbers", () => {
  const subject = freshReal(0.25, 8);
  assert.equal(subject.plan(4, 14).parts.length, 2);
  assert.throws(
    () => subject.plan(4, 13),
    (error) =>
      error instanceof UserError &&
      /real data run out.*fresh-real-25% with 8 items.*needs 14 real items up to iteration 4, and there are 13/.test(
        error.message,
      ),
  );
});

test("fresh-real with share 1 is training on real data for ever", () => {
  for (const { n, origins, produce } of rounds(freshReal(1, 5), 20, 4)) {
    assert.deepEqual(
      from(1, origins),
      [0, 1, 2, 3, 4].map((i) => i + 5 * (n - 1)),
    );
    assert.equal(produce, 0);
  }
});

test("growing: model n sees round(T·factor^(n−1)) items, all that there are", () => {
  const factor = fc.double({ min: 1.01, max: 3, noNaN: true });
  fc.assert(
    fc.property(T, N, factor, (T, N, factor) => {
      for (const { n, origins } of rounds(growing(factor), T, N)) {
        assert.equal(origins.length, Math.round(T * factor ** (n - 1)));
        assert.equal(new Set(origins.map(String)).size, origins.length);
        assert.equal(from(1, origins).length, T);
      }
    }),
  );
  const sizes = rounds(growing(3), 10, 4).map(({ origins }) => origins.length);
  assert.deepEqual(sizes, [10, 30, 90, 270]);
});

test("real and latest: all T real items and round(λT) of the model before", () => {
  const regime_ = realAndLatest(0.25);
  assert.deepEqual(regime_.plan(1, 10), { parts: [{ block: 1 }], produce: 3 });
  assert.deepEqual(regime_.plan(4, 10), { parts: [{ block: 1 }, { block: 4 }], produce: 3 });
});

test("replace with growing rounds: model n trains on round(T·n^a) items, those that model n−1 made", () => {
  for (let n = 1; n < 6; n++) {
    const { parts, produce } = replaceGrowing(1.5).plan(n, 10);
    assert.deepEqual(parts, [{ block: n }]);
    assert.equal(produce, Math.round(10 * (n + 1) ** 1.5));
  }
  assert.deepEqual(replaceGrowing(0).plan(3, 10), replace.plan(3, 10));
});

test("weighted real: the parts' weights add up to w and 1 − w of the training set, fresh or kept", () => {
  for (const items of [undefined, 4]) {
    const spec = { weight: 0.3, ratio: 2, ...(items === undefined ? {} : { items }) };
    const { parts, produce } = weightedReal(spec).plan(3, 12);
    const real = items ?? 12;
    assert.equal(produce, 2 * real);
    assert.deepEqual(parts[0].range, items === undefined ? undefined : [8, 12]);
    assert.equal(parts[1].block, 3);
    assert.ok(Math.abs(parts[0].weight! * real - 0.3 * 3 * real) < 1e-12);
    assert.ok(Math.abs(parts[1].weight! * produce - 0.7 * 3 * real) < 1e-12);
    assert.equal(weightedReal(spec).plan(1, 12).parts[0].weight, undefined);
  }
  assert.throws(
    () => weightedReal({ weight: 0.5, items: 5 }).plan(3, 12),
    /real data run out.*needs 15 up to iteration 3, and there are 12/,
  );
});

test("a curated regime has the plan of its regime, with what happens to the samples", () => {
  const curate = { kind: "best-of", candidates: 3, reward: "length" } as const;
  const regime_ = curated(accumulate, curate);
  assert.equal(regime_.name, "accumulate, best-of-3-length");
  assert.deepEqual(regime_.plan(2, 10), {
    ...accumulate.plan(2, 10),
    curate: { ...curate, factor: 1 },
  });
});

test("n and T must be whole numbers from 1 on", () => {
  for (const subject of [replace, accumulate, replaceMultiple, accumulateSubsample, keepReal(0.1)])
    for (const bad of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => subject.plan(bad, 10), /model-fitting iteration must be a whole number/);
      assert.throws(() => subject.plan(1, bad), /number of real items must be a whole number/);
    }
});

test("shares, round sizes and factors outside their range are refused", () => {
  for (const bad of [0, 1, -0.1, 10, Number.NaN])
    assert.throws(() => keepReal(bad), /share of real data must lie between 0 and 1/);
  assert.throws(() => freshReal(1.1, 10), /share of real data/);
  assert.throws(() => freshReal(0.1, 0), /items of a round must be a whole number/);
  for (const bad of [1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => growing(bad), /factor greater than 1/);
});

test("names say the share as a percentage", () => {
  assert.equal(keepReal(0.1).name, "keep-real-10%");
  assert.equal(keepReal(0.07).name, "keep-real-7%");
  assert.equal(freshReal(0.125, 8).name, "fresh-real-12.5%");
  assert.equal(growing(2).name, "growing-2x");
});

test("every regime can be written as a spec, and plans are plain JSON", () => {
  const options: Record<string, object> = {
    "keep-real": { share: 0.1 },
    "fresh-real": { share: 0.1, items: 10 },
    "accumulate-fresh": { share: 0.1, items: 10 },
    ecosystem: { models: ["a", "b"], real: "c", syntheticShare: 0.5, privateShare: 0.2 },
    "real-and-latest": { ratio: 0.5 },
    "weighted-real": { weight: 0.618, items: 5 },
    growing: { factor: 2 },
    "replace-growing": { exponent: 1.5 },
    curated: {
      regime: { kind: "keep-real", share: 0.1 },
      curate: { kind: "keep-top", share: 0.5, score: "x" },
    },
  };
  const names = regimeNames.map((kind) => regime({ kind, ...options[kind] }).name);
  assert.deepEqual(names, [
    "replace",
    "accumulate",
    "replace-multiple",
    "accumulate-subsample",
    "keep-real-10%",
    "fresh-real-10%",
    "accumulate-fresh-10%",
    "ecosystem-of-2-0.5-0.2",
    "real-and-latest-0.5",
    "weighted-real-0.618-ratio-1-fresh",
    "growing-2x",
    "replace-growing-1.5",
    "keep-real-10%, keep-top-50%-x",
  ]);
  for (const kind of regimeNames) {
    const plan = regime({ kind, ...options[kind] }).plan(3, 20);
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  }
});

test("a mistyped kind, option or value is refused with the nearest right one", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ kind: "replce" }, /no regime "replce"\. Did you mean "replace"\?/],
    [{ kind: "replaceMultiple" }, /Did you mean "replace-multiple"\?/],
    [{ kind: "xyz" }, /no regime "xyz"\. Valid: replace, accumulate,/],
    [{ kind: "constructor" }, /no regime "constructor"/],
    [{ kind: "replace", share: 0.1 }, /"replace" has no options: remove "share"/],
    [{ kind: "keep-real", shaer: 0.1 }, /no option "shaer"\. Did you mean "share"\?/],
    [{ kind: "keep-real" }, /option "share": .*expected number/],
    [{ kind: "keep-real", share: "10%" }, /option "share": .*expected number/],
    [{ kind: "growing", factor: 1 }, /factor greater than 1, not 1/],
    [{ kind: "real-and-latest", ratio: 0 }, /ratio of synthetic to real items must be a positive/],
    [
      { kind: "weighted-real", weight: 1 },
      /weight of the real part must lie between 0 and 1, not 1/,
    ],
    [{ kind: "replace-growing", exponent: -1 }, /exponent from 0 on, not -1/],
    [
      { kind: "curated", regime: { kind: "replce" }, curate: { kind: "edit" } },
      /no regime "replce"/,
    ],
    [
      { kind: "curated", regime: { kind: "replace" }, curate: { kind: "edit" } },
      /is wrong at "edit"/,
    ],
    [
      {
        kind: "curated",
        regime: { kind: "replace" },
        curate: { kind: "resample", detector: "d", power: 10, factor: 2 },
      },
      /is wrong at "factor": no more items can be drawn than there are copies/,
    ],
  ];
  for (const [spec, pattern] of cases)
    assert.throws(
      () => regime(spec as { kind: string }),
      (error) => error instanceof UserError && pattern.test(error.message),
    );
});
