import { requireOls, requireVariance, requireWhole } from "../../../theory/ranges";

/** What a fast simulation draws from: isotropic least squares (any Σ gives the same errors). */
export interface Setting {
  readonly d: number;
  readonly T: number;
  /** σ² of the real labels. */
  readonly sigma2: number;
  /** σ_s² of the synthetic labels. Default σ². */
  readonly sigmaLater2?: number;
  readonly iterations: number;
}

/** @throws UserError for n < 1, T ≤ d + 1, negative variances */
export function requireSetting(setting: Setting): void {
  requireOls(setting);
  if (setting.sigmaLater2 !== undefined) requireVariance("sigmaLater2 (σ_s²)", setting.sigmaLater2);
  requireWhole("iterations", "the number of model fits", setting.iterations);
}

/** Standard deviation of the label noise of round n. */
export function noiseOf({ sigma2, sigmaLater2 = sigma2 }: Setting, n: number): number {
  return Math.sqrt(n === 1 ? sigma2 : sigmaLater2);
}
