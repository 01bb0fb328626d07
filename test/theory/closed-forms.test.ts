import assert from "node:assert/strict";
import { test } from "node:test";
import * as theory from "../../lib/theory/index";

const one = { d: 10, T: 100, sigma2: 1 };
const v = 10 / 89;

function near(actual: number, expected: number, tolerance = 1e-12): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );
}

test("one fit costs σ² d/(T − d − 1)", () => {
  near(theory.oneFitError({ d: 32, T: 100, sigma2: 2 }), 64 / 67);
  near(theory.oneFitError({ d: 1, T: 3, sigma2: 1 }), 1);
});

test("ratios E/v are n, H_n and Σ 1/i² at the values tabulated for n = 10, 50, 200", () => {
  const ratio = (of: (values: theory.OlsAt) => number, n: number) => of({ ...one, n }) / v;
  near(ratio(theory.replaceError, 200), 200);
  near(ratio(theory.replaceMultipleError, 10), 2.928968253968254);
  near(ratio(theory.replaceMultipleError, 50), 4.499205338329425);
  near(ratio(theory.replaceMultipleError, 200), 5.878030948121444);
  near(ratio(theory.accumulateError, 2), 1.25);
  near(ratio(theory.accumulateError, 10), 1.549767731166541);
  near(ratio(theory.accumulateError, 50), 1.625132733621529);
  near(ratio(theory.accumulateError, 200), 1.6399465460149971);
});

test("Accumulate stays below v π²/6 and comes as near as 1/n", () => {
  const bound = theory.accumulateBound(one);
  near(bound, (v * Math.PI ** 2) / 6);
  for (const n of [1, 10, 1000, 20000]) {
    const gap = (bound - theory.accumulateError({ ...one, n })) / v;
    assert.ok(gap > 1 / (n + 1) && gap < 1 / n, `gap ${gap} at n = ${n}`);
  }
});

test("the limits are π²/6, π²/6 − 1 and π²/2 − 2", () => {
  near(theory.accumulateRatioLimit, 1.6449340668482264);
  near(theory.accumulateCleanStartLimit, 0.6449340668482264);
  near(theory.subsampleRatioLimit, 2.934802200544679);
  near(theory.subsampleLimit(one), v * theory.subsampleRatioLimit);
});

test("Accumulate-Subsample is the variance of u_n = mean(u_0 … u_{n−1}) + ξ_n, Cov(ξ_m, ξ_n) = v/n for m < n", () => {
  const N = 40;
  // u_n = Σ_m c_m ξ_m; the coefficients by direct averaging, the variance by the double sum.
  const coefficients: number[][] = [new Array(N).fill(0)];
  for (let n = 1; n <= N; n++) {
    const c = Array.from({ length: N }, (_, m) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += coefficients[i][m];
      return sum / n;
    });
    c[n - 1] += 1;
    coefficients.push(c);
    let variance = 0;
    for (let a = 1; a <= n; a++)
      for (let b = 1; b <= n; b++)
        variance += (c[a - 1] * c[b - 1]) / (a === b ? 1 : Math.max(a, b));
    near(theory.subsampleError({ ...one, n }) / v, variance, 1e-10);
  }
  near(theory.subsampleError({ ...one, n: 100 }) / v, 2.905, 5e-4);
  const far = theory.subsampleError({ ...one, n: 20000 });
  near(far / v, theory.subsampleRatioLimit, 1e-4);
});

test("noise that differs after round 1: Replace, Replace-Multiple and Accumulate add σ_s² times 1, 1/k, 1/i²", () => {
  const two = { d: 10, T: 100, n: 3, sigmaReal2: 2, sigmaLater2: 0.5 };
  near(theory.replaceTwoNoises(two), (10 / 89) * 3);
  near(theory.replaceMultipleTwoNoises(two), (10 / 89) * (2 + 0.5 * (1 / 2 + 1 / 3)));
  near(theory.accumulateTwoNoises(two), (10 / 89) * (2 + 0.5 * (1 / 4 + 1 / 9)));
  for (const of of [
    theory.replaceTwoNoises,
    theory.replaceMultipleTwoNoises,
    theory.accumulateTwoNoises,
  ])
    near(of({ ...two, n: 500, sigmaLater2: 0 }), (2 * 10) / 89);
  const cleanStart = theory.accumulateTwoNoises({
    ...two,
    n: 50000,
    sigmaReal2: 0,
    sigmaLater2: 1,
  });
  near(cleanStart / v, theory.accumulateCleanStartLimit, 1e-4);
});

test("equal noise reproduces the plain regimes", () => {
  const two = { d: 10, T: 100, n: 7, sigmaReal2: 3, sigmaLater2: 3 };
  const plain = { d: 10, T: 100, n: 7, sigma2: 3 };
  near(theory.replaceTwoNoises(two), theory.replaceError(plain));
  near(theory.replaceMultipleTwoNoises(two), theory.replaceMultipleError(plain));
  near(theory.accumulateTwoNoises(two), theory.accumulateError(plain));
});

test("fresh X: Accumulate is σ² d Σ 1/(i(iT − d − 1)), below the fixed-X value from n = 2 on", () => {
  near(theory.accumulateFreshError({ ...one, n: 2 }), 10 * (1 / 89 + 1 / (2 * 189)));
  near(theory.replaceMultipleFreshError({ ...one, n: 2 }), 10 * (1 / 89 + 1 / 189));
  near(theory.accumulateFreshError({ ...one, n: 1 }), v);
  for (const n of [2, 10, 100])
    assert.ok(theory.accumulateFreshError({ ...one, n }) < theory.accumulateError({ ...one, n }));
});

test("growing batches: m_i = i is Replace-Multiple, m_i = 1 is Accumulate, doubling pools stay below 1.5 v", () => {
  const n = 12;
  const m = Array.from({ length: n }, (_, i) => i + 1);
  near(theory.replaceBatchesError({ ...one, n, m }), theory.replaceMultipleError({ ...one, n }));
  near(
    theory.accumulateBatchesError({ ...one, n, m: m.map(() => 1) }),
    theory.accumulateError({ ...one, n }),
  );
  for (const g of [2, 3, 5]) {
    const pool = m.map((i) => (i === 1 ? 1 : (g - 1) * g ** (i - 2)));
    const growing = theory.accumulateGrowingError({ ...one, n, g });
    near(growing, theory.accumulateBatchesError({ ...one, n, m: pool }));
    near(theory.accumulateGrowingError({ ...one, n: 200, g }), v * (1 + 1 / g), 1e-10);
    near(theory.accumulateGrowingLimit({ ...one, g }), v * (1 + 1 / g));
    near(theory.replaceGrowingError({ ...one, n: 200, g }), (v * g) / (g - 1), 1e-10);
  }
});

test("a share of real data: 1 gives one fit; the recursion gives the same sums", () => {
  for (const of of [theory.freshRealError, theory.keptRealError])
    near(of({ ...one, n: 9, alpha: 1 }), v);
  const alpha = 0.25;
  // The double sum over the covariances of the rounds' noises.
  let kept = 0;
  for (let m = 1; m <= 9; m++)
    for (let n = 1; n <= 9; n++) {
      const covariance = m === n ? 1 : m === 1 || n === 1 ? alpha : alpha ** 2;
      kept += (1 - alpha) ** (18 - m - n) * covariance;
    }
  near(theory.keptRealError({ ...one, n: 9, alpha }) / v, kept);
});

test("the published dashed lines are (n+1) v and v ln(n+1), 0.955 at n = 1 of Figure 7's first panel", () => {
  const panel = { d: 32, T: 100, sigma2: 1, n: 1 };
  near(theory.publishedReplaceLine(panel), 0.955, 1e-3);
  near(theory.publishedReplaceMultipleLine(panel), (32 / 67) * Math.LN2);
});

test("fresh real items, fresh X: values tabulated from the matrix-Beta moments, and (1−α)² for T ≫ d", () => {
  const ratio = (d: number, T: number, alpha: number, n: number) =>
    theory.freshRealError({ d, T, sigma2: 1, n, alpha }) / theory.oneFitError({ d, T, sigma2: 1 });
  near(ratio(2, 200, 0.1, 50), 5.301, 2e-4);
  near(ratio(5, 50, 0.1, 10), 4.821, 2e-4);
  near(ratio(5, 20, 0.1, 50), 6.41, 5e-4);
  near(ratio(5, 20, 0.25, 10), 2.699, 2e-4);
  near(ratio(10, 40, 0.5, 2), 1.34, 5e-4);
  near(ratio(10, 40, 0.1, 50), 6.338, 2e-4);
  near(theory.freshRealCarry({ d: 3, T: 1e6, m: 7e5 }), 0.49, 1e-5);
  near(theory.freshRealCarry({ d: 10, T: 40, m: 40 }), 1);
  near(theory.freshRealCarry({ d: 10, T: 40, m: 0 }), 0);
  assert.ok(theory.freshRealCarry({ d: 10, T: 14, m: 7 }) > 1, "d = 10, T = 14, α = ½ diverges");
  assert.ok(theory.freshRealCarry({ d: 10, T: 20, m: 18 }) < 1);
});

test("batches by their definition: v Σ m_i/(m_1 + … + m_i)², also for a thousand rounds", () => {
  const n = 1000;
  const m = Array.from({ length: n }, (_, i) => 1 + ((i * 7) % 3));
  let pool = 0;
  let expected = 0;
  for (const size of m) {
    pool += size;
    expected += size / pool ** 2;
  }
  near(theory.accumulateBatchesError({ ...one, n, m }) / v, expected);
});
