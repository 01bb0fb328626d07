import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Claim } from "../../../lib/claims/claim";
import { images } from "../../../lib/experiments/images";
import { imagesClaims } from "../../../lib/experiments/images/claims";
import type { Row } from "../../../lib/metrics/row";
import { asPublished, metricRows, PUBLISHED_RUN, withPublishedRun } from "./rows";

const SEEDS = [0, 1, 2];
/** Student's t, 97.5 %, 2 degrees of freedom. */
const T2 = 4.302652729911275;

const listOf = (rows: readonly Row[]) => imagesClaims(rows, images.presets.quick!);
const claimsOf = (rows: readonly Row[]) =>
  Object.fromEntries(listOf(rows).map((claim) => [claim.id.slice("images.".length), claim]));

function assertInterval(claim: Claim, values: readonly number[]): void {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  const half = T2 * Math.sqrt(variance / values.length);
  assert.ok(Math.abs(claim.estimate - mean) < 1e-12, `${claim.id}: ${claim.estimate}, not ${mean}`);
  assert.ok(Math.abs(claim.low - (mean - half)) < 1e-9, `${claim.id}: low ${claim.low}`);
  assert.ok(Math.abs(claim.high - (mean + half)) < 1e-9, `${claim.id}: high ${claim.high}`);
}

test("each claim is the mean over seeds of that seed's own ratio or difference, with its t interval", () => {
  const claims = claimsOf(metricRows(SEEDS, asPublished));
  assert.deepEqual(
    Object.values(claims).map(({ verdict }) => verdict),
    Array(7).fill("holds"),
  );
  const rates = [0.09, 0.1, 0.11];
  const grown = rates.map((r) => 1 + 3 * r);
  assertInterval(claims["replace.rises"], grown);
  assertInterval(claims["replace.pixel-error"], grown);
  // The growth is linear, so its smallest ratio is the last.
  assertInterval(
    claims["replace.every-step"],
    rates.map((r) => (1 + 3 * r) / (1 + 2 * r)),
  );
  assertInterval(claims["accumulate.near-baseline"], [1.019, 1.02, 1.021]);
  assertInterval(claims["accumulate.pixel-error"], [1.019, 1.02, 1.021]);
  assertInterval(
    claims["subsample.between"],
    [1.019, 1.02, 1.021].map((ratio, i) => 100 * ratio + 12 - 100 * grown[i]),
  );
  assertInterval(
    claims["replace.less-varied"],
    rates.map((r) => 1 - 3 * r),
  );
});

test("published values: Figure 5's pixel error at iteration 3 relative to 0, and its smallest step", () => {
  const claims = claimsOf(metricRows(SEEDS, asPublished));
  const published = Object.fromEntries(
    Object.entries(claims).map(([id, claim]) => [id, claim.published]),
  );
  assert.deepEqual(published, {
    "replace.rises": undefined,
    "replace.every-step": 0.019949 / 0.019525,
    "replace.pixel-error": 0.022709 / 0.019525,
    "accumulate.near-baseline": undefined,
    "accumulate.pixel-error": 0.019505 / 0.01953,
    "subsample.between": undefined,
    "replace.less-varied": undefined,
  });
});

test("a claim names the runs that it rests on: the last iteration of its regimes", () => {
  const claims = claimsOf(metricRows(SEEDS, asPublished));
  const last = (regime: string) => SEEDS.map((seed) => `${regime}-${seed}-3`);
  assert.deepEqual(claims["replace.rises"].runs, last("replace"));
  assert.deepEqual(claims["replace.less-varied"].runs, [...last("replace"), ...last("accumulate")]);
  assert.deepEqual(claims["subsample.between"].runs, [
    ...last("accumulate-subsample"),
    ...last("replace"),
  ]);
});

test("with replace and accumulate exchanged, what was said of either fails", () => {
  const other = { replace: "accumulate", accumulate: "replace" } as const;
  const exchanged = metricRows(SEEDS, (regime, seed, iteration) => {
    const wrong = asPublished(other[regime as keyof typeof other] ?? regime, seed, iteration);
    // Falling instead of staying.
    return regime === "replace"
      ? { ...wrong, loss: 200 - wrong.loss, mse: 0.04 - wrong.mse }
      : wrong;
  });
  for (const claim of listOf(exchanged)) assert.equal(claim.verdict, "fails", claim.id);
});

test("one round that improves under replace is enough against 'every step'", () => {
  const rows = metricRows(SEEDS, (regime, seed, iteration) => {
    const metrics = asPublished(regime, seed, iteration);
    return regime === "replace" && iteration === 2 ? { ...metrics, loss: 90 + seed } : metrics;
  });
  const claims = claimsOf(rows);
  assert.equal(claims["replace.every-step"].verdict, "fails");
  assertInterval(
    claims["replace.every-step"],
    SEEDS.map((seed) => (90 + seed) / (109 + seed)),
  );
  assert.equal(claims["replace.rises"].verdict, "holds");
});

test("one seed gives estimates without intervals, seeds that disagree intervals without verdict", () => {
  for (const claim of listOf(metricRows([1], asPublished))) {
    assert.ok(Number.isFinite(claim.estimate), claim.id);
    assert.deepEqual([claim.low, claim.high], [Number.NaN, Number.NaN], claim.id);
    assert.equal(claim.verdict, "undecided", claim.id);
  }
  const apart = metricRows(SEEDS, (regime, seed, iteration) => {
    const metrics = asPublished(regime, seed, iteration);
    return seed === 2 && iteration === 3
      ? { loss: 300 - metrics.loss, mse: 0.05 - metrics.mse, sampleDiversity: 20 }
      : metrics;
  });
  const claims = claimsOf(apart);
  assert.equal(claims["replace.less-varied"].verdict, "undecided");
});

test("a regime that was not run leaves its claims without data, and the others as they are", () => {
  const rows = metricRows(SEEDS, asPublished).filter((row) => row.regime !== "replace");
  for (const claim of listOf(rows)) {
    const ours = claim.id.startsWith("images.accumulate");
    assert.equal(claim.verdict, ours ? "holds" : "undecided", claim.id);
    assert.equal(Number.isNaN(claim.estimate), !ours, claim.id);
  }
});

test("no records at all: every claim says undecided, in words that make sense", () => {
  for (const claim of listOf([])) {
    assert.equal(claim.verdict, "undecided");
    assert.doesNotMatch(claim.statement, /Infinity|NaN|undefined/);
  }
});

describe("claims on a variant with the published network", () => {
  const preset = withPublishedRun();
  const prefix = "images.published-network.";
  const claims = (rows: readonly Row[]) => imagesClaims(rows, preset);
  const variants = (rows: readonly Row[]) =>
    Object.fromEntries(
      claims(rows).flatMap((claim) =>
        claim.id.startsWith(prefix) ? [[claim.id.slice(prefix.length), claim]] : [],
      ),
    );
  /** The main variant says the opposite of the paper, so that a mix of the two would be seen. */
  const main = metricRows(SEEDS, (_, seed, iteration) => ({ loss: 100 - 20 * iteration + seed }));
  const own = metricRows(SEEDS, asPublished, PUBLISHED_RUN);

  test("they are the same estimates on that variant's rows alone, up to its own last iteration", () => {
    const found = variants([...main, ...own]);
    assert.deepEqual(Object.keys(found), [
      ...["replace.rises", "replace.every-step", "replace.pixel-error"],
      ...["accumulate.near-baseline", "accumulate.pixel-error", "replace.less-varied"],
    ]);
    const rates = [0.09, 0.1, 0.11];
    assertInterval(
      found["replace.rises"],
      rates.map((r) => 1 + 9 * r),
    );
    assertInterval(
      found["replace.every-step"],
      rates.map((r) => (1 + 9 * r) / (1 + 8 * r)),
    );
    assertInterval(found["accumulate.near-baseline"], [1.057, 1.06, 1.063]);
    assertInterval(
      found["replace.less-varied"],
      rates.map((r) => 1 - 9 * r),
    );
    assert.equal(found["replace.rises"].verdict, "holds");
    assert.equal(found["accumulate.near-baseline"].verdict, "fails");
    assert.deepEqual(variants([...own, ...main]), found);
  });

  test("its loss is the published one: 56 % above the first under replace, 3.2 % under accumulate", () => {
    const found = variants(own);
    for (const claim of ["replace.rises", "replace.pixel-error"])
      assert.equal(found[claim].published, 0.030451 / 0.019525);
    for (const claim of ["accumulate.near-baseline", "accumulate.pixel-error"])
      assert.equal(found[claim].published, 0.020152 / 0.01953);
    assert.equal(found["replace.every-step"].published, 0.030451 / 0.029858);
    assert.equal(found["replace.less-varied"].published, undefined);
    for (const { statement } of Object.values(found))
      assert.match(statement, /with VanillaVAE on CIFAR-10:/);
    assert.match(found["replace.rises"].statement, /squared error \+ 0\.00025 KL/);
  });

  test("without its rows the main variant's are what they were, and its own say what is missing", () => {
    const both = claims([...main, ...own]);
    const alone = claims(main);
    const mine = ({ id }: Claim) => !id.startsWith(prefix);
    assert.deepEqual(alone.filter(mine), both.filter(mine));
    assert.equal(alone.filter(mine).length, 7);
    for (const claim of alone.filter((claim) => !mine(claim))) {
      assert.deepEqual([claim.verdict, claim.estimate, claim.runs], ["undecided", Number.NaN, []]);
      assert.match(claim.statement, /iteration 9|every iteration/);
    }
  });
});
