import { formula } from "./formula";
import { requireIteration, requireOls, requireVariance } from "./ranges";

/** Label noise that differs between the real round and the later ones. */
export interface TwoNoises {
  readonly d: number;
  readonly T: number;
  readonly n: number;
  /** σ₁², label noise of the real data. */
  readonly sigmaReal2: number;
  /** σ_s², label noise of every synthetic round. 0 = noise-free labels. */
  readonly sigmaLater2: number;
}

function check({ d, T, n, sigmaReal2, sigmaLater2 }: TwoNoises): void {
  requireVariance("sigmaLater2 (σ_s²)", sigmaLater2);
  requireVariance("sigmaReal2 (σ₁²)", sigmaReal2);
  requireOls({ d, T, sigma2: sigmaReal2 });
  requireIteration(n);
}

/**
 * Replace: d/(T−d−1) (σ₁² + (n−1) σ_s²). With σ_s = 0 it stays at σ₁² d/(T−d−1), as all regimes
 * do; with σ₁ = 0 it is (n−1) v.
 */
export const replaceTwoNoises = formula<TwoNoises>({
  title: "Replace, different noise in round 1",
  left: "E_n^{\\mathrm{replace}}",
  expression: "d / (T - d - 1) * (sigmaReal2 + (n - 1) * sigmaLater2)",
  check,
});

/** Replace-Multiple: d/(T−d−1) (σ₁² + σ_s² Σ_{k=2..n} 1/k). */
export const replaceMultipleTwoNoises = formula<TwoNoises>({
  title: "Replace-Multiple, different noise in round 1",
  left: "E_n^{\\mathrm{multiple}}",
  expression: "d / (T - d - 1) * (sigmaReal2 + sigmaLater2 * series(1 / k, k, 2, n))",
  check,
});

/** Accumulate: d/(T−d−1) (σ₁² + σ_s² Σ_{i=2..n} 1/i²). With σ₁ = 0 its limit is (π²/6 − 1) v. */
export const accumulateTwoNoises = formula<TwoNoises>({
  title: "Accumulate, different noise in round 1",
  left: "E_n^{\\mathrm{accumulate}}",
  expression: "d / (T - d - 1) * (sigmaReal2 + sigmaLater2 * series(1 / i^2, i, 2, n))",
  check,
});
