import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { linearConfig } from "../../../lib/experiments/linear/config";
import { besidePublished, explore, exploreFigure } from "../../../lib/experiments/linear/index";
import {
  literalErrors,
  reasonForLiteral,
  wholeBlockErrors,
} from "../../../lib/experiments/linear/simulation/index";
import { validate } from "../../../lib/export/validate";
import type { Regime } from "../../../lib/pool/regime";
import { accumulate, accumulateSubsample, growing, keepReal } from "../../../lib/pool/regimes";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { accumulateError, oneFitError } from "../../../lib/theory/index";
import { assertMean } from "./support";

/** The real items and the newest synthetic ones: w_n − w* = (X⁺E_1 + (w_{n−1} − w*) + X⁺E_n)/2. */
const realAndNewest: Regime = {
  name: "real-and-newest",
  plan: (n, T) => ({ parts: n === 1 ? [{ block: 1 }] : [{ block: 1 }, { block: n }], produce: T }),
};

const setting = { d: 4, T: 40, sigma2: 1, iterations: 12 };

test("a regime of one's own: real and newest items together tend to 4/3 v, in both simulations", async () => {
  const expected = (4 / 3) * oneFitError(setting);
  const exact = Array.from(
    { length: 3000 },
    (_, seed) => wholeBlockErrors(realAndNewest, setting, new Stream(["own", seed]))[11],
  );
  assertMean(exact, expected, "exact");
  const config = linearConfig({ d: 4, T: 40, sigma2: 1, testItems: 1 });
  const literal: number[] = [];
  for (let seed = 0; seed < 300; seed++)
    literal.push((await literalErrors(config, realAndNewest, 12, Streams.ofSeed(seed)))[11]);
  assertMean(literal, expected, "literal");
});

test("explore gives one row a regime and iteration, and a figure that Plotly draws", async () => {
  const question = { ...setting, iterations: 3, seeds: 40 };
  const rows = await explore(question, [accumulate, realAndNewest, keepReal(0.5)]);
  assert.equal(rows.length, 9);
  const last = rows[2] as Record<string, number>;
  const expected = accumulateError({ ...setting, n: 3 });
  assert.ok(Math.abs(last.mean - expected) < 4 * last.se);
  validate(exploreFigure(rows, { log: true }));
});

test("regimes without an exact fast form are named with the reason", () => {
  assert.equal(reasonForLiteral(accumulate, setting), undefined);
  const reasons: [Regime, RegExp][] = [
    [accumulateSubsample, /subsamples/],
    [keepReal(0.1), /part of block 1|36 items/],
    [growing(1.3), /block 2 has 12 items, which is no multiple of T = 40/],
  ];
  for (const [regime, sentence] of reasons)
    assert.throws(
      () => wholeBlockErrors(regime, setting, new Stream(["no"])),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
    );
});

test("published values stand beside the row of the same setting and iteration", () => {
  const where = { part: "figure-16", regime: "accumulate", T: 100, sigma2: 1 } as const;
  const record = {
    ...where,
    variant: "paper",
    d: 10,
    kind: "test-error",
    iteration: 200,
    n: 100,
    mean: 0.19,
    low: 0.18,
    high: 0.2,
  };
  const [row, ...more] = besidePublished([record], where);
  assert.equal(more.length, 0);
  assert.equal(row.published, 0.205);
  assert.ok(Math.abs((row["theory ÷ v"] as number) - 1.63994654601) < 1e-10);
});
