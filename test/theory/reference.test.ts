import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { largestAllowed } from "../../lib/claims/agreement";
import * as theory from "../../lib/theory/index";
import { digamma } from "../../lib/theory/special";

/** Means of an independent simulation in NumPy, each with its standard error. */
type Reference = {
  readonly kind: "gaussian" | "shares" | "median" | "mixing" | "linear";
  readonly n: number;
  readonly mean: number;
  readonly se: number;
} & Readonly<Record<string, number | string | null>>;

const { rows } = JSON.parse(
  readFileSync(join(__dirname, "fixtures", "reference.json"), "utf8"),
) as { rows: Reference[] };

interface Comparison {
  readonly what: string;
  readonly z: number;
}

const VARIANCES: Readonly<Record<string, theory.Formula<theory.GaussianFit>>> = {
  "replace T": theory.gaussianReplaceVariance,
  "accumulate T": theory.gaussianAccumulateVariance,
  "accumulate T-1": theory.gaussianAccumulateVarianceUnbiased,
  "accumulate-subsample T": theory.gaussianSubsampleVariance,
  "accumulate-subsample T-1": theory.gaussianSubsampleVarianceUnbiased,
  "replace-multiple T": theory.gaussianMultipleVariance,
};

function gaussian(row: Reference): Comparison[] {
  const { n, mean, se } = row;
  const [T, d] = [Number(row.T), Number(row.d)];
  const what = JSON.stringify(row);
  if (row.log !== null && row.regime === "replace") {
    const biased = row.divisor === "T";
    const log = biased
      ? theory.gaussianReplaceLogVariance({ T, n })
      : theory.gaussianReplaceLogVarianceUnbiased({ T, n });
    const spread = Math.sqrt((n * trigamma((T - 1) / 2)) / Number(row.repeats));
    const compared = { what: `log ${what}`, z: (Number(row.log) - log) / spread };
    // Beyond n/T of about 3 the mean is carried by paths that no simulation draws.
    if (n / T > 3) return [compared];
    const expected = biased ? theory.gaussianReplaceVariance({ T, sigma2: 1, n }) : 1;
    return [compared, { what, z: (mean - expected) / se }];
  }
  if (row.regime === "replace-multiple" && row.divisor === "T-1")
    return [{ what, z: (mean - 1) / se }];
  const expected = VARIANCES[`${row.regime} ${row.divisor}`]({ T, sigma2: 1, n });
  const compared = [{ what, z: (mean - expected) / se }];
  if (row.divisor !== "T") return compared;
  // With the divisor T, what the variance has lost the mean has drifted, in every dimension.
  const z = (Number(row.drift) - d * (1 - expected)) / Number(row.driftSe);
  return [...compared, { what: `drift ${what}`, z }];
}

/** ψ'(x) by a difference quotient. */
const trigamma = (x: number): number => (digamma(x + 1e-4) - digamma(x - 1e-4)) / 2e-4;

function comparisonsOf(row: Reference): Comparison[] {
  const { kind, n, mean, se } = row;
  const what = JSON.stringify(row);
  const against = (expected: number): Comparison[] => [{ what, z: (mean - expected) / se }];
  const [T, N, p, d] = ["T", "N", "p", "d"].map((key) => Number(row[key]));
  switch (kind) {
    case "gaussian":
      return gaussian(row);
    case "shares": {
      // 1 − Σ p̂² of K equal symbols is (1 − 1/K) times what each share's variance has left.
      const of = row.regime === "replace" ? theory.wrightFisherVariance : theory.urnVariance;
      const left = 1 - of({ N, p: 0.5, n }) / 0.25;
      const expected = (1 - 1 / Number(row.K)) * left;
      // Where every chain has ended in one symbol, nothing scatters.
      return se === 0 ? [] : against(expected);
    }
    case "median": {
      assert.ok(Math.abs(theory.medianVariance(N) / Number(row.variance) - 1) < 1e-4, what);
      return against(n);
    }
    case "mixing":
      return against(theory.gaussianShareVariance({ T, sigma2: 1, n, real: Math.round(p * T) }));
    case "linear": {
      const one = { d, T, sigma2: 1 };
      return against(theory.freshRealError({ ...one, alpha: p, n }) / theory.oneFitError(one));
    }
  }
}

test("closed forms agree with the means of an independent simulation, all of them together", () => {
  const compared = rows.flatMap(comparisonsOf);
  assert.ok(compared.length > 250, `${compared.length} comparisons`);
  const bound = largestAllowed(compared.length);
  for (const { what, z } of compared) assert.ok(Math.abs(z) < bound, `${what}: z = ${z}`);
  // Neither are they closer than independent means can be: about 1 in 20 is beyond 1.96.
  const beyond = compared.filter(({ z }) => Math.abs(z) > 1.96).length / compared.length;
  assert.ok(beyond > 0.01 && beyond < 0.12, `${beyond}`);
});
