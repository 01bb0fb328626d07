import { requireIteration, requireShare, requireWhole } from "./ranges";

/** K models of means Δ_k with own data, public data and each other's samples, T items of each. */
export interface EcosystemAt {
  readonly K: number;
  readonly T: number;
  /** α, weight of the pooled samples. */
  readonly alpha: number;
  /** β, weight of own data within the real part. */
  readonly beta: number;
  readonly n: number;
}

/** Expected mean of a model and its variance about that, Δ_k apart from the public mean. */
export interface EcosystemMoments {
  /** In units of Δ_k: β at n = 1, then (1 − α) β, if all Δ add up to 0. */
  readonly shift: number;
  /** In units of σ². */
  readonly variance: number;
}

/**
 * θ_k ← (1−α)[β P_k + (1−β) Q] + α (mean of all models' samples), the real data the same in every round:
 * the models' differences settle at (1−α) β Δ after one round, whatever K, and only α²σ²/(KT(1−α²)) of
 * noise is added in all. Exact for Gaussians of known variance (derived; the setting is Vu, Reeves &
 * Wenger's, arXiv 2505.21677).
 */
export function ecosystemMoments({ K, T, alpha, beta, n }: EcosystemAt): EcosystemMoments {
  requireWhole("K", "models", K);
  requireWhole("T", "items of each part", T);
  requireShare("alpha (α)", alpha);
  requireShare("beta (β)", beta);
  requireIteration(n);
  const apart = n === 1 ? beta : (1 - alpha) * beta;
  let sampled = 0;
  for (let round = 2; round <= n; round++) sampled = alpha ** 2 * (sampled + 1 / (K * T));
  const common = (beta ** 2 / K + (1 - beta) ** 2) / T;
  return { shift: apart, variance: common + (apart ** 2 * (1 - 1 / K)) / T + sampled };
}

/** The loop and where it settles, in LaTeX. */
export const ecosystemTex =
  "\\theta_k \\leftarrow (1-\\alpha)\\left[\\beta P_k + (1-\\beta) Q\\right] + \\frac{\\alpha}{K} \\sum_j \\bar{x}_j, \\qquad \\mathbb{E}\\,\\theta_k = (1-\\alpha)\\,\\beta\\,\\Delta_k";
