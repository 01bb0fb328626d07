import { z } from "zod";
import { parsed } from "../../loop/config";
import type { Condition } from "../../theory/index";
import { requireRegression, requireVariance } from "../../theory/ranges";

const variance = z.number().min(0);

/** A linear regression as the model–data loop runs it (paper §3). */
export const linearConfig = z.strictObject({
  data: z
    .strictObject({
      dataset: z.literal("linear-regression").default("linear-regression"),
      /** Input dimension. */
      d: z.int().min(1),
      /** T, real items; with T < d the fit is the minimum-norm one. */
      trainItems: z.int().min(1),
      /** Held-out items with noise-free labels. */
      testItems: z.int().min(1).default(1000),
      /** σ², label noise of the real data. */
      sigma2: variance,
      /** Eigenvalues of the input covariance Σ; empty = I_d. */
      covariance: z.array(z.number().positive()).default([]),
    })
    .refine(({ covariance, d }) => covariance.length === 0 || covariance.length === d, {
      error: "covariance must list d eigenvalues, or none for the identity.",
      path: ["covariance"],
    }),
  model: z
    .strictObject({ family: z.literal("least-squares") })
    .default({ family: "least-squares" }),
  training: z
    .strictObject({
      /**
       * λ of (X'X/T + λ)⁻¹ X'Y/T in every fit; 0 = least squares. Its closed form is
       * `theory.ridgeLoopError`; `theory.ridgeError` is of ridge in the last fit alone.
       */
      ridge: z.number().min(0),
    })
    .default({ ridge: 0 }),
  sampling: z.strictObject({
    /** σ_s², label noise of the synthetic items; the paper's is that of the real ones. */
    sigma2: variance,
    /** Draw new inputs for every block instead of re-using the real X. */
    freshX: z.boolean().default(false),
  }),
  /** Test errors have no options. */
  evaluation: z.strictObject({}).default({}),
});
export type LinearConfig = z.infer<typeof linearConfig>;

/** What a {@link Condition} does not say about a config. */
export interface ConfigOptions {
  readonly ridge?: number;
  readonly covariance?: number[];
  readonly testItems?: number;
}

/** The config of a condition. @throws UserError, one sentence, for a number that is none of its kind */
export function configOf(condition: Condition, options: ConfigOptions = {}): LinearConfig {
  const { d, T, sigma2, sigmaLater2 = sigma2, freshX = false } = condition;
  const { ridge = 0, ...data } = options;
  requireRegression(condition);
  requireVariance("sigmaLater2 (σ_s²)", sigmaLater2);
  const config = {
    data: { d, trainItems: T, sigma2, ...data },
    training: { ridge },
    sampling: { sigma2: sigmaLater2, freshX },
  };
  return parsed(linearConfig, config, "The linear regression");
}

/** The condition of a config: what closed forms and exact draws know of it. */
export function conditionOf({ data, sampling }: LinearConfig): Condition {
  return {
    d: data.d,
    T: data.trainItems,
    sigma2: data.sigma2,
    sigmaLater2: sampling.sigma2,
    freshX: sampling.freshX,
  };
}
