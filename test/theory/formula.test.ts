import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../lib/errors";
import * as theory from "../../lib/theory/index";

type Printed = { readonly tex: string; readonly expression: string; readonly title: string };

const formulas = Object.entries(theory).filter(
  (entry): entry is [string, (typeof entry)[1] & Printed] =>
    typeof entry[1] === "function" && "tex" in entry[1],
);

test("every formula prints LaTeX with balanced braces and brackets and none of mathjs's own words", () => {
  assert.ok(formulas.length > 30);
  for (const [name, { tex, title }] of formulas) {
    const count = (pattern: RegExp) => (tex.match(pattern) ?? []).length;
    assert.equal(count(/\{/g), count(/\}/g), name);
    assert.equal(count(/\\left/g), count(/\\right/g), name);
    assert.doesNotMatch(tex, /series|product|sigma2|\\mathrm\{[a-zA-Z]\}/, name);
    assert.match(tex, / = /, name);
    assert.ok(title.length > 3, name);
  }
});

test("Theorem 2 prints as a sum over 1/i²", () => {
  assert.equal(
    theory.accumulateError.tex.replace(/\s/g, ""),
    "E_n^{\\mathrm{accumulate}}=\\frac{\\sigma^2\\,d}{T-d-1}\\,\\sum_{i=1}^{n}\\frac{1}{{i}^{2}}",
  );
});

const ok = { d: 10, T: 100, sigma2: 1, n: 1 };
const refused: [string, () => unknown, RegExp][] = [
  [
    "T = d + 1",
    () => theory.replaceError({ ...ok, T: 11 }),
    /T = 11 items are too few for d = 10.*d \+ 2 = 12/,
  ],
  ["T = d", () => theory.oneFitError({ ...ok, T: 10 }), /too few/],
  [
    "T = 0",
    () => theory.oneFitError({ ...ok, T: 0 }),
    /T \(.*\) must be a whole number of at least 1, not 0/,
  ],
  ["T = 99.5", () => theory.oneFitError({ ...ok, T: 99.5 }), /whole number/],
  ["σ² < 0", () => theory.accumulateError({ ...ok, sigma2: -1 }), /number of at least 0, not -1\./],
  ["σ² = NaN", () => theory.accumulateError({ ...ok, sigma2: Number.NaN }), /NaN/],
  ["n = 0", () => theory.replaceError({ ...ok, n: 0 }), /n \(.*\) must be .* at least 1, not 0/],
  ["n = 1.5", () => theory.subsampleError({ ...ok, n: 1.5 }), /not 1.5/],
  ["d = 0", () => theory.replaceMultipleError({ ...ok, d: 0 }), /d \(the input dimension\)/],
  [
    "σ_s² < 0",
    () => theory.replaceTwoNoises({ ...ok, sigmaReal2: 1, sigmaLater2: -2 }),
    /sigmaLater2/,
  ],
  [
    "too few batch sizes",
    () => theory.replaceBatchesError({ ...ok, n: 3, m: [1, 2] }),
    /need 3 batch sizes m, but only 2/,
  ],
  [
    "batch size 0",
    () => theory.replaceBatchesError({ ...ok, n: 2, m: [1, 0] }),
    /m_2 must be a whole number from 1 on, not 0/,
  ],
  [
    "a batch that is no multiple of T",
    () => theory.replaceBatchesError({ ...ok, n: 4, m: [1, 0.3, 0.3, 0.3] }),
    /m_2 .* not 0.3: with a fixed X a batch is X repeated a whole number of times/,
  ],
  [
    "more real items than T",
    () => theory.accumulateBatchesError({ ...ok, n: 2, m: [2, 1] }),
    /m_1 must be 1, not 2/,
  ],
  ["growth below 1", () => theory.replaceGrowingError({ ...ok, g: 0.5 }), /from 1 on, not 0.5/],
  ["growth by halves", () => theory.accumulateGrowingLimit({ ...ok, g: 1.5 }), /not 1.5/],
  [
    "a share that is no whole number of items",
    () => theory.freshRealError({ ...ok, T: 14, alpha: 0.1 }),
    /α = 0.1 of T = 14 items is 1.4 items/,
  ],
  [
    "more synthetic items than items",
    () => theory.freshRealCarry({ d: 3, T: 10, m: 11 }),
    /from 0 to T, not 11/,
  ],
  [
    "φ₀ > 1, whose cost would be negative",
    () => theory.ridgeRoundCost({ kappa: 0.3, phi: 0.5, phi0: 1.2 }),
    /φ₀ .* between 0 and 1, not 1.2/,
  ],
  [
    "κ too small for φ",
    () => theory.ridgeCleanError({ kappa: 0, phi: 2, truth2: 1, sigma2: 1 }),
    /\(1 \+ κ\)² must exceed φ/,
  ],
  [
    "λ < 0 alone",
    () => theory.effectiveRidge({ lambda: -1, phi: 1 }),
    /lambda.*at least 0, not -1/,
  ],
  ["φ = 0", () => theory.effectiveRidge({ lambda: 1, phi: 0 }), /phi.*greater than 0, not 0/],
  [
    "df₂ > T",
    () => theory.generalRidgeRoundCost({ s: [1], d: 1, kappa: 1, T: 3, T0: 4, df2: 5 }),
    /df2 must be between 0 and T = 3/,
  ],
  [
    "T₀ ≤ d for any covariance",
    () => theory.generalRidgeRoundCost({ s: [1, 1], d: 2, kappa: 1, T: 3, T0: 2, df2: 1 }),
    /T0 > d/,
  ],
  ["no eigenvalues", () => theory.effectiveRidgeGeneral([], 10, 1), /eigenvalues/],
  ["an eigenvalue 0", () => theory.effectiveRidgeGeneral([1, 0], 10, 1), /positive/],
  ["λ = NaN", () => theory.effectiveRidgeGeneral([1], 10, Number.NaN), /lambda/],
  ["negative g", () => theory.undrawnShare({ g: -1 }), /g .*at least 0, not -1/],
  [
    "ridge in the loop with T < d",
    () => theory.ridgeLoopError({ ...ok, s: [1, 0], w: [1, 1], lambda: 0.1 }),
    /must be positive/,
  ],
  [
    "pool that does not grow",
    () => theory.accumulateGrowingError({ ...ok, g: 1 }),
    /does not grow/,
  ],
  ["α = 0", () => theory.freshRealError({ ...ok, alpha: 0 }), /share.*above 0.*not be 0:/],
  ["no finite variance", () => theory.relativeSpread({ d: 10, T: 13 }), /T ≥ d \+ 4 = 14/],
  [
    "over-parametrised with T ≥ d − 1",
    () => theory.overparametrisedFixed({ ...ok, T: 9, truth2: 1 }),
    /T ≤ d − 2/,
  ],
  ["λ < 0", () => theory.ridgeError({ ...ok, T0: 100, lambda: -1, truth2: 1 }), /lambda/],
  [
    "generators with T0 ≤ d",
    () => theory.ridgeError({ ...ok, n: 2, T0: 10, lambda: 1, truth2: 1 }),
    /T0 > d/,
  ],
  [
    "one Gaussian sample",
    () => theory.gaussianReplaceVariance({ T: 1, sigma2: 1, n: 1 }),
    /at least 2/,
  ],
];

for (const [what, call, sentence] of refused)
  test(`${what} is refused with a sentence`, () => {
    assert.throws(
      call,
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
    );
  });

test("curve gives the formula at n = 1 … N", () => {
  const points = theory.curve(theory.replaceError, { d: 1, T: 3, sigma2: 1 }, 4);
  assert.deepEqual(points, [1, 2, 3, 4]);
});
