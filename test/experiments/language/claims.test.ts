import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim } from "../../../lib/claims/claim";
import { languageClaims } from "../../../lib/experiments/language/claims";
import type { Row } from "../../../lib/metrics/row";
import { assertInterval } from "../../support/assertInterval";
import { asPublished, PRESET, recordsOf } from "./rows";

const claimsOf = (rows: readonly Row[]): Record<string, Claim> =>
  Object.fromEntries(
    languageClaims(rows, PRESET).map((claim) => [claim.id.slice("language.".length), claim]),
  );

test("each claim is the mean over seeds of that seed's own ratio or difference, with its t interval", () => {
  const claims = claimsOf(recordsOf());
  for (const claim of Object.values(claims)) assert.equal(claim.verdict, "holds", claim.id);
  const seeds = [0, 1, 2];
  const rate = (seed: number) => 0.1 + 0.01 * seed;
  const start = (seed: number) => 2 + 0.1 * seed;
  assertInterval(claims["replace.every-step"], seeds.map(rate));
  assertInterval(
    claims["replace.growth"],
    seeds.map((s) => (start(s) + 4 * rate(s)) / start(s)),
  );
  assertInterval(
    claims["accumulate.below-first"],
    seeds.map((s) => (start(s) - 4 * 0.01 * (1 + 0.1 * s)) / start(s)),
  );
  assertInterval(
    claims["replace.above-replace-multiple"],
    seeds.map((s) => 3 * 0.05 * (1 + 0.1 * s)),
  );
  assertInterval(
    claims["replace-multiple.above-accumulate"],
    seeds.map((s) => 3 * 0.06 * (1 + 0.1 * s)),
  );
  assertInterval(claims["temperature-0.3.replace-far-worse"], [4, 4, 4]);
  assertInterval(
    claims["temperature-0.3.replace-above"],
    seeds.map((s) => 3 * 0.1 * (1 + 0.1 * s)),
  );
  assertInterval(claims["temperature-0.3.accumulate-same"], [1, 1, 1]);
  assertInterval(
    claims["first-0.25.replace-above-accumulate"],
    seeds.map((s) => 2 * 0.11 * (1 + 0.1 * s)),
  );
  assertInterval(
    claims["replace.tails"],
    seeds.map((s) => (0.4 - 4 * (0.05 + 0.001 * s)) / 0.4),
  );
  assertInterval(claims["replace.divergence"], [4, 4.4, 4.8]);
  assertInterval(claims["replace.ungrammatical"], [0.4, 0.44, 0.48]);
});

test("published values: ratios 1.374 and 0.960 of GPT-2 9M, Table 2's differences, temperature 0.3", () => {
  const claims = claimsOf(recordsOf());
  const near = (id: string, value: number, digits = 1e-3) =>
    assert.ok(Math.abs((claims[id].published ?? Number.NaN) - value) < digits, id);
  near("replace.growth", 1.374);
  near("accumulate.below-first", 0.96);
  near("replace.every-step", 2.495 - 2.3943, 1e-9);
  near("replace.above-replace-multiple", 2.3943 - 2.18, 1e-9);
  near("replace-multiple.above-accumulate", 2.18 - 1.7428, 1e-9);
  near("temperature-0.3.replace-far-worse", (6.92 - 1.816) / (2.495 - 1.8161), 1e-9);
  near("temperature-0.3.replace-above", 3.829 - 2.1112, 1e-9);
  near("temperature-0.3.accumulate-same", 1.755 / 1.7426, 1e-9);
  near("first-0.5.replace-above-accumulate", 4.222 - 2.947, 1e-9);
  for (const id of ["replace.tails", "replace.divergence", "accumulate-subsample.above-accumulate"])
    assert.equal(claims[id].published, undefined);
});

test("a claim names the runs that it rests on", () => {
  const claims = claimsOf(recordsOf());
  const runs = (regime: string, n: number) => [0, 1, 2].map((s) => `main-${regime}-${s}-${n}`);
  assert.deepEqual(claims["replace.growth"].runs, runs("replace", 5));
  assert.deepEqual(claims["replace.above-replace-multiple"].runs, [
    ...runs("replace", 4),
    ...runs("replace-multiple", 4),
  ]);
});

test("with replace and accumulate exchanged, what was said of either fails", () => {
  const other: Record<string, string> = { replace: "accumulate", accumulate: "replace" };
  const claims = claimsOf(
    recordsOf(PRESET, (point) =>
      asPublished({ ...point, regime: other[point.regime] ?? point.regime }),
    ),
  );
  for (const id of [
    ...["replace.every-step", "replace.growth", "accumulate.below-first"],
    ...["replace.above-accumulate", "replace.above-replace-multiple"],
    "first-0.25.replace-above-accumulate",
  ])
    assert.equal(claims[id].verdict, "fails", id);
});

test("one seed gives estimates without intervals and no verdict", () => {
  const rows = recordsOf().filter((row) => row.seed === 1);
  for (const claim of languageClaims(rows, PRESET)) {
    assert.ok(Number.isFinite(claim.estimate), claim.id);
    assert.ok(Number.isNaN(claim.low), claim.id);
    assert.equal(claim.verdict, "undecided", claim.id);
  }
});

test("regimes and data that were not run have no claims or claims without data; no records at all make sense", () => {
  const real = recordsOf().filter((row) => row.regime === "accumulate");
  const claims = claimsOf(real.map(({ kl: _, ungrammatical: __, ...row }) => row));
  assert.equal(claims["accumulate.below-first"].verdict, "holds");
  assert.equal(claims["replace.growth"].verdict, "undecided");
  assert.equal(claims["replace.above-replace-multiple"], undefined);
  assert.equal(claims["replace.divergence"], undefined);
  for (const claim of languageClaims([], PRESET)) {
    assert.equal(claim.verdict, "undecided");
    assert.doesNotMatch(claim.statement, /Infinity|NaN|undefined/);
    assert.ok(claim.published === undefined || Number.isFinite(claim.published), claim.id);
  }
});
