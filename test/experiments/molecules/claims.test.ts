import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim } from "../../../lib/claims/claim";
import { moleculesClaims } from "../../../lib/experiments/molecules/claims";
import type { Row } from "../../../lib/metrics/row";
import { assertInterval } from "../../support/assertInterval";
import { asPublished, PRESET, publishedRows } from "./rows";

const SEEDS = [0, 1, 2];
const claimsOf = (rows: readonly Row[]): Record<string, Claim> =>
  Object.fromEntries(
    moleculesClaims(rows, PRESET).map((claim) => [claim.id.slice("molecules.".length), claim]),
  );

/** Loss from iteration 1 on relative to iteration 0, as `asPublished` has it. */
const ratio = (level: number, seed: number, n: number) =>
  (level + 0.1 * seed) * (1 + 0.01 * (n - 1));
const evenLevels = (level: number) => level * (1 / 3 + 0.2);

test("each claim is the mean over seeds of that seed's own ratio, with its t interval", () => {
  const claims = claimsOf(publishedRows());
  for (const claim of Object.values(claims)) assert.equal(claim.verdict, "holds", claim.id);
  const over = (of: (seed: number) => number) => SEEDS.map(of);
  assertInterval(
    claims["replace.jumps"],
    over((s) => ratio(6, s, 1)),
  );
  assertInterval(
    claims["replace.stays-high"],
    over((s) => ratio(6, s, 2)),
  );
  assertInterval(claims["replace.levels-off"], [1.03, 1.03, 1.03]);
  assertInterval(
    claims["accumulate.bounded"],
    over((s) => ratio(1.5, s, 4)),
  );
  assertInterval(
    claims["replace.above-accumulate"],
    over((s) => ratio(6, s, 4) / ratio(1.5, s, 4)),
  );
  assertInterval(
    claims["replace.above-accumulate-subsample"],
    over((s) => ratio(6, s, 2) / ratio(2, s, 2)),
  );
  assertInterval(
    claims["replace-multiple.above-accumulate"],
    over((s) => ratio(5, s, 2) / ratio(1.5, s, 2)),
  );
  assertInterval(
    claims["accumulate-subsample.above-accumulate"],
    over((s) => ratio(2, s, 2) / ratio(1.5, s, 2)),
  );
  assertInterval(
    claims["even-levels.replace-rises"],
    over((s) => ratio(evenLevels(6), s, 1)),
  );
  assertInterval(
    claims["even-levels.smaller-jump"],
    over((s) => ratio(6, s, 1) / ratio(evenLevels(6), s, 1)),
  );
  assertInterval(
    claims["even-levels.replace-above-accumulate"],
    over((s) => ratio(evenLevels(6), s, 3) / ratio(evenLevels(1.5), s, 3)),
  );
  assertInterval(
    claims["even-levels.bond-lengths"],
    over((s) => 2 * (0.1 + 0.01 * s)),
  );
});

test("published values: the jump is 6.50, the loss then at least 6.81 and at most 1.10 jumps, accumulate 1.68", () => {
  const claims = claimsOf(publishedRows());
  const near = (id: string, value: number) =>
    assert.ok(Math.abs((claims[id].published ?? Number.NaN) - value) < 1e-9, id);
  near("replace.jumps", 339.15 / 52.17);
  // At iterations 2 to 4, which is as far as these records go.
  near("replace.stays-high", 355.25 / 52.17);
  near("replace.levels-off", 371.45 / 339.15);
  near("accumulate.bounded", 87.82 / 52.17);
  near("replace.above-accumulate", 370.13 / 87.82);
  near("even-levels.replace-rises", 339.15 / 52.17);
  near("even-levels.replace-above-accumulate", 371.45 / 85.37);
  for (const id of ["even-levels.smaller-jump", "replace-multiple.above-accumulate"])
    assert.equal(claims[id].published, undefined);
});

test("a claim names the runs that it rests on", () => {
  const claims = claimsOf(publishedRows());
  const runs = (variant: string, regime: string, n: number) =>
    SEEDS.map((seed) => `${variant}-${regime}-${seed}-${n}`);
  assert.deepEqual(claims["replace.jumps"].runs, runs("main", "replace", 1));
  assert.deepEqual(claims["replace.above-accumulate-subsample"].runs, [
    ...runs("main", "replace", 2),
    ...runs("main", "accumulate-subsample", 2),
  ]);
  assert.deepEqual(claims["even-levels.smaller-jump"].runs, [
    ...runs("main", "replace", 1),
    ...runs("even-levels", "replace", 1),
  ]);
});

test("with replace and accumulate exchanged, what was said of either fails", () => {
  const other: Record<string, string> = { replace: "accumulate", accumulate: "replace" };
  const claims = claimsOf(
    publishedRows(PRESET, (point) =>
      asPublished({ ...point, regime: other[point.regime] ?? point.regime }),
    ),
  );
  for (const id of [
    ...["replace.jumps", "replace.stays-high", "accumulate.bounded", "replace.above-accumulate"],
    ...["accumulate-subsample.above-accumulate", "even-levels.replace-above-accumulate"],
    "even-levels.bond-lengths",
  ])
    assert.equal(claims[id].verdict, "fails", id);
});

test("where sampling at even levels lowers the loss, it does not rise", () => {
  const rows = publishedRows(PRESET, (point) => {
    const metrics = asPublished(point);
    const falls = point.variant === "even-levels" && point.iteration > 0;
    return { ...metrics, loss: Number(metrics.loss) * (falls ? 0.1 : 1) };
  });
  assert.equal(claimsOf(rows)["even-levels.replace-rises"].verdict, "fails");
});

test("fits that grow with the pool: their own bound, and how much less they drift; longer fits claim nothing", () => {
  const chains = [{ regimes: [{ kind: "accumulate" }], iterations: 4, seeds: 3 }];
  const training = (name: string, changes: object) =>
    ({ name, label: name, role: "training", changes: { training: changes }, chains }) as const;
  const variants = [
    ...PRESET.variants,
    training("passes", { epochs: 3 }),
    training("longer", { steps: 1200 }),
  ];
  const preset = { ...PRESET, variants };
  const rows = publishedRows(preset, (point) => {
    const metrics = asPublished(point);
    const grown = point.variant === "passes" && point.iteration > 0;
    return { ...metrics, loss: Number(metrics.loss) * (grown ? 0.8 - 0.1 * point.seed : 1) };
  });
  const all = moleculesClaims(rows, preset);
  const claims = Object.fromEntries(all.map((claim) => [claim.id, claim]));
  const bounded = claims["molecules.passes.accumulate-bounded"];
  assertInterval(
    bounded,
    SEEDS.map((s) => ratio(1.5, s, 3) * (0.8 - 0.1 * s)),
  );
  assert.ok(Math.abs(bounded.published! - 85.37 / 52.17) < 1e-9);
  assertInterval(
    claims["molecules.passes.smaller-drift"],
    SEEDS.map((s) => 1 / (0.8 - 0.1 * s)),
  );
  assert.deepEqual(
    bounded.runs,
    SEEDS.map((seed) => `passes-accumulate-${seed}-3`),
  );
  assert.equal(all.length, moleculesClaims(publishedRows(), PRESET).length + 2);
});

test("a loss that goes on growing after the jump is not one that levels off", () => {
  const rows = publishedRows(PRESET, (point) => {
    const metrics = asPublished(point);
    return { ...metrics, loss: Number(metrics.loss) * (1 + point.iteration) };
  });
  const claims = claimsOf(rows);
  assert.equal(claims["replace.levels-off"].verdict, "fails");
  assert.equal(claims["replace.stays-high"].verdict, "holds");
});

test("one seed gives estimates without intervals, seeds that disagree intervals without verdict", () => {
  for (const claim of moleculesClaims(
    publishedRows().filter((row) => row.seed === undefined || row.seed === 1),
    PRESET,
  )) {
    assert.ok(Number.isFinite(claim.estimate), claim.id);
    assert.ok(Number.isNaN(claim.low), claim.id);
    assert.equal(claim.verdict, "undecided", claim.id);
  }
  const apart = publishedRows(PRESET, (point) => {
    const metrics = asPublished(point);
    return point.seed === 2 && point.iteration > 0 ? { ...metrics, loss: 30 } : metrics;
  });
  assert.equal(claimsOf(apart)["replace.jumps"].verdict, "undecided");
});

test("regimes that were not run have no claims or claims without data; no records at all make sense", () => {
  const claims = claimsOf(publishedRows().filter((row) => row.regime === "accumulate"));
  assert.equal(claims["accumulate.bounded"].verdict, "holds");
  assert.equal(claims["replace.jumps"].verdict, "undecided");
  assert.equal(claims["replace.above-accumulate"].verdict, "undecided");
  assert.equal(claims["replace.above-accumulate-subsample"], undefined);
  assert.equal(claims["even-levels.bond-lengths"], undefined);
  const empty = moleculesClaims([], PRESET);
  assert.ok(empty.length >= 7);
  for (const claim of empty) {
    assert.equal(claim.verdict, "undecided");
    assert.doesNotMatch(claim.statement, /Infinity|NaN|undefined/);
    assert.ok(claim.published === undefined || Number.isFinite(claim.published), claim.id);
  }
});
