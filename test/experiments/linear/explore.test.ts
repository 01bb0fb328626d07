import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { requireAffordable } from "../../../lib/experiments/linear/affordable";
import { configOf } from "../../../lib/experiments/linear/config";
import { besidePublished, explore, exploreFigure } from "../../../lib/experiments/linear/index";
import { PRESETS_OF_LINEAR } from "../../../lib/experiments/linear/presets";
import { publishedError } from "../../../lib/experiments/linear/published";
import {
  exactDraw,
  literalErrors,
  reasonAgainstExactDraw,
} from "../../../lib/experiments/linear/simulation/index";
import { validate } from "../../../lib/export/validate";
import type { Figure } from "../../../lib/figures/figure";
import type { Regime } from "../../../lib/pool/regime";
import {
  accumulate,
  accumulateSubsample,
  growing,
  keepReal,
  replace,
} from "../../../lib/pool/regimes";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { accumulateError, oneFitError } from "../../../lib/theory/index";
import { assertMean } from "./support";

/** The real items and the newest synthetic ones: w_n − w* = (X⁺E_1 + (w_{n−1} − w*) + X⁺E_n)/2. */
const realAndNewest: Regime = {
  name: "real-and-newest",
  plan: (n, T) => ({ parts: n === 1 ? [{ block: 1 }] : [{ block: 1 }, { block: n }], produce: T }),
};

const condition = { d: 4, T: 40, sigma2: 1 };

test("a regime of one's own: real and newest items together tend to 4/3 v, in both simulations", async () => {
  const expected = (4 / 3) * oneFitError(condition);
  const exact = Array.from(
    { length: 3000 },
    (_, seed) => exactDraw(realAndNewest, condition, 12, new Stream(["own", seed]))[11],
  );
  assertMean(exact, expected, "exact");
  const config = configOf(condition, { testItems: 1 });
  const literal: number[] = [];
  for (let seed = 0; seed < 300; seed++)
    literal.push((await literalErrors(config, realAndNewest, 12, Streams.ofSeed(seed)))[11]);
  assertMean(literal, expected, "literal");
});

/** Theory lines of a figure, dashed or dotted, by the colourless trace's y. */
function theoryLines(figure: Figure): number[][] {
  const traces = figure.data as { line?: { dash?: string }; y: (number | null)[] }[];
  return traces
    .filter(({ line, y }) => line?.dash !== undefined && y[0] !== null)
    .map(({ y }) => y as number[]);
}

test("explore gives one row per regime and iteration, and a figure that Plotly draws", async () => {
  const run = { ...condition, iterations: 3, seeds: 40 };
  const rows = await explore(run, [accumulate, realAndNewest, keepReal(0.5)]);
  assert.equal(rows.length, 9);
  const last = rows[2] as Record<string, number>;
  const expected = accumulateError({ ...condition, n: 3 });
  assert.ok(Math.abs(last.mean - expected) < 4 * last.se);
  assert.deepEqual(Object.keys(rows[0]).slice(0, 5), [
    "kind",
    "variant",
    "regime",
    "seed",
    "iteration",
  ]);
  validate(exploreFigure(rows, { log: true }));
});

test("the theory line is that of the noise that was asked for: noise-free synthetic labels stay at v", async () => {
  const run = { d: 10, T: 100, sigma2: 1, sigmaLater2: 0, iterations: 10, seeds: 50 };
  const rows = await explore(run, [replace]);
  const v = oneFitError(run);
  const [dashed, ...more] = theoryLines(exploreFigure(rows));
  assert.equal(more.length, 0);
  for (const value of dashed) assert.ok(Math.abs(value / v - 1) < 1e-5, `${value}`);
  for (const { mean, se } of rows as Record<string, number>[])
    assert.ok(Math.abs(mean - v) < 4 * se, `${mean}`);
});

test("a regime of one's own has the line of what it does, whatever it is called", async () => {
  const impostor = { name: "accumulate", plan: replace.plan };
  const rows = await explore({ ...condition, iterations: 5, seeds: 10 }, [impostor]);
  const [dashed] = theoryLines(exploreFigure(rows));
  assert.ok(Math.abs(dashed[4] / (5 * oneFitError(condition)) - 1) < 1e-5);
  await assert.rejects(
    explore({ ...condition, iterations: 2, seeds: 2 }, [impostor, accumulate]),
    /Two regimes are called "accumulate"/,
  );
});

test("an unknown regime has no theory line and is drawn by its median; a known one with a fresh X by its mean", async () => {
  const last: Regime = {
    name: "last-half",
    plan: (n, T) => ({ parts: [{ block: n, draw: Math.ceil(T / 2) }], produce: T }),
  };
  const rows = await explore({ ...condition, iterations: 3, seeds: 20 }, [last]);
  assert.ok(rows.every((row) => row.expected === undefined && row.leadingOrder === undefined));
  const figure = exploreFigure(rows);
  assert.deepEqual(theoryLines(figure), []);
  const drawn = figure.data as { name?: string; mode?: string; y: number[] }[];
  const line = drawn.find(({ name }) => name === "Last-Half (median)" && drawn.length > 0);
  assert.ok(line);
  const fresh = await explore({ ...condition, freshX: true, iterations: 3, seeds: 20 }, [replace]);
  assert.ok(fresh.every((row) => typeof row.expected === "number"));
});

test("T ≤ d + 1 is refused for every regime, whole blocks or not", async () => {
  for (const regime of [replace, keepReal(0.5), accumulateSubsample])
    await assert.rejects(
      explore({ d: 10, T: 11, sigma2: 1, iterations: 3, seeds: 4 }, [regime]),
      (error: unknown) =>
        error instanceof UserError && /T = 11 items are too few/.test(error.message),
      regime.name,
    );
});

test("a number that is none of its kind is refused in one sentence that names it and what it must be", async () => {
  const run = { d: 10, T: 100, sigma2: 1, iterations: 3, seeds: 4 };
  const cases: [Partial<typeof run & { sigmaLater2: number }>, RegExp][] = [
    ...[0, -3, 1.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap(
      (x): [Partial<typeof run>, RegExp][] => [
        [{ d: x }, new RegExp(`^d .*whole number of at least 1, not ${x}\\.$`)],
        [{ T: x }, new RegExp(`^T .*whole number of at least 1, not ${x}\\.$`)],
        [{ iterations: x }, new RegExp(`^iterations .*whole number of at least 1, not ${x}\\.$`)],
        [{ seeds: x }, new RegExp(`^seeds .*whole number of at least 2, not ${x}\\.$`)],
      ],
    ),
    ...[-1, Number.NaN, Number.POSITIVE_INFINITY].flatMap(
      (x): [Partial<typeof run & { sigmaLater2: number }>, RegExp][] => [
        [{ sigma2: x }, new RegExp(`^sigma2 .*number of at least 0, not ${x}\\.$`)],
        [{ sigmaLater2: x }, new RegExp(`^sigmaLater2 .*number of at least 0, not ${x}\\.$`)],
      ],
    ),
    [{ T: 11 }, /^T = 11 items are too few .* take more items or fewer dimensions\.$/],
    [{ seeds: 1 }, /^seeds .*at least 2, not 1\.$/],
  ];
  for (const [change, sentence] of cases)
    await assert.rejects(
      explore({ ...run, ...change }, [replace]),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
      `${Object.keys(change)} = ${Object.values(change)}`,
    );
  for (const change of [{ d: 0 }, { T: 1.5 }, { sigma2: -1 }, { sigmaLater2: Number.NaN }])
    assert.throws(() => configOf({ d: 5, T: 30, sigma2: 1, ...change }), UserError);
  assert.throws(() => configOf({ d: 5, T: 30, sigma2: 1 }, { testItems: 0 }), {
    name: "UserError",
    message: /^The linear regression is wrong at "data\.testItems": /,
  });
});

test("what would take days is refused before it starts, with the time; what takes seconds is not", () => {
  const run = { d: 10, T: 100, sigma2: 1, iterations: 50, seeds: 200 };
  const check = (change: object, regime: Regime, exact: boolean) =>
    requireAffordable({ ...run, ...change }, regime, () => exact);
  for (const regime of [replace, accumulate, accumulateSubsample]) check({}, regime, true);
  check({ d: 200, T: 1000 }, accumulate, true);
  check({ T: 1e9 }, accumulate, true); // its cost does not grow with T
  check({}, keepReal(0.5), false);
  check({ T: 1000 }, keepReal(0.5), false);
  for (const [change, regime, exact] of [
    [{ d: 1e6, T: 2e6 }, accumulate, true],
    [{ iterations: 1e6 }, accumulate, true],
    [{ iterations: 1e15 }, replace, true],
    [{ seeds: 1e9 }, replace, true],
    [{ d: 2000, T: 4000, freshX: true, seeds: 1e5 }, accumulate, true],
    [{ d: 1000, T: 4000 }, accumulateSubsample, true],
    [{ d: 100, T: 1e5 }, keepReal(0.5), false],
    [{ T: 1e9 }, keepReal(0.5), false],
  ] as const)
    assert.throws(
      () => check(change, regime, exact),
      (error: unknown) =>
        error instanceof UserError &&
        /^[\w-]+%? with d = .* would take (about \d+ (min|h|d)|more than thirty years).*smaller\.$/.test(
          error.message,
        ),
      JSON.stringify(change),
    );
});

test("regimes without an exact draw are named with the reason", () => {
  assert.equal(reasonAgainstExactDraw(accumulate, condition, 12), undefined);
  assert.equal(reasonAgainstExactDraw(accumulateSubsample, condition, 12), undefined);
  const fresh = { ...condition, freshX: true };
  assert.equal(reasonAgainstExactDraw(growing(1.3), fresh, 12), undefined);
  const reasons: [Regime, typeof fresh | typeof condition, RegExp][] = [
    [accumulateSubsample, fresh, /subsamples/],
    [keepReal(0.1), condition, /part of block 1|36 items/],
    [growing(1.3), condition, /block 2 has 12 items, which is no multiple of T = 40/],
    [growing(1.05), fresh, /block 2 has 2 items, fewer than d = 4/],
  ];
  for (const [regime, at, sentence] of reasons)
    assert.throws(
      () => exactDraw(regime, at, 12, new Stream(["no"])),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
      `${regime.name} ${sentence}`,
    );
});

test("published values stand beside the row of the same condition and iteration", () => {
  const { laptop } = PRESETS_OF_LINEAR;
  const where = { figure: "figure-16", regime: "accumulate", T: 100, sigma2: 1 } as const;
  const record = {
    kind: "test-error",
    variant: "long-run",
    regime: "accumulate",
    T: 100,
    sigma2: 1,
    d: 10,
    simulation: "exact draw",
    iteration: 200,
    n: 100,
    mean: 0.19,
    low: 0.18,
    high: 0.2,
    expected: (10 / 89) * 1.63994654601,
  };
  const [row, ...more] = besidePublished([record], laptop, where);
  assert.equal(more.length, 0);
  assert.equal(row.published, 0.205);
  assert.ok(Math.abs((row["expected ÷ v"] as number) - 1.63994654601) < 1e-10);
  assert.equal(publishedError({ ...where, iteration: 200 }), 0.205);
  assert.equal(publishedError({ ...where, iteration: 3 }), undefined);
});
