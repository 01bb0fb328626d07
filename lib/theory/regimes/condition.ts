import { type Ols, requireOls, requireVariance } from "../ranges";

/** One linear regression of the model–data loop (paper §3). */
export interface Condition extends Ols {
  /** σ_s², label noise of every synthetic block. @defaultValue σ², as in the paper */
  readonly sigmaLater2?: number;
  /** Every block brings new inputs instead of the real X. @defaultValue false, as in the paper */
  readonly freshX?: boolean;
}

/** @throws UserError for T ≤ d + 1 or a negative variance */
export function requireCondition(condition: Condition): void {
  requireOls(condition);
  if (condition.sigmaLater2 !== undefined)
    requireVariance("sigmaLater2 (σ_s²)", condition.sigmaLater2);
}

/** Variance of the label noise of a block; block 1 is the real data. */
export function noiseVariance(condition: Condition, block: number): number {
  const { sigma2, sigmaLater2 = sigma2 } = condition;
  return block === 1 ? sigma2 : sigmaLater2;
}
