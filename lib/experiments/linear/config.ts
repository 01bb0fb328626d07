import { z } from "zod";

const variance = z.number().min(0);

/** One linear-regression setting (paper §3). */
export const LinearConfig = z
  .strictObject({
    /** Input dimension. */
    d: z.int().min(1),
    /** T, real items; with T < d the fit is the minimum-norm one. */
    T: z.int().min(1),
    /** σ², noise of the real labels. */
    sigma2: variance,
    /** σ_s², noise of the synthetic labels; the paper's is σ². */
    sigmaLater2: variance,
    /** Draw a new X every round instead of re-using the real one. */
    freshX: z.boolean().default(false),
    /** λ of (X'X/T + λ)⁻¹ X'Y/T; 0 = least squares. */
    ridge: z.number().min(0).default(0),
    /** Eigenvalues of the input covariance Σ; empty = I_d. */
    covariance: z.array(z.number().positive()).default([]),
    /** Held-out items with noise-free labels. */
    testItems: z.int().min(1).default(1000),
  })
  .refine(({ covariance, d }) => covariance.length === 0 || covariance.length === d, {
    error: "covariance must list d eigenvalues, or none for the identity.",
    path: ["covariance"],
  });
export type LinearConfig = z.infer<typeof LinearConfig>;

/** A full config from what differs from the paper's setting. */
export function linearConfig(
  given: Pick<LinearConfig, "d" | "T" | "sigma2"> & Partial<LinearConfig>,
): LinearConfig {
  return LinearConfig.parse({ sigmaLater2: given.sigma2, ...given });
}
