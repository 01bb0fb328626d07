import { z } from "zod";
import type { PresetName } from "../experiment";

const whole = (least: number) => z.int().min(least);
const noise = z.array(z.number().positive()).min(1);

/** One figure of the paper: every T with every σ². */
const Grid = z
  .strictObject({
    d: whole(1),
    T: z.array(whole(3)).min(1),
    sigma2: noise,
    iterations: whole(1),
    /** Seeds 0 … seeds−1. */
    seeds: whole(2),
  })
  .refine(({ d, T }) => T.every((items) => items >= d + 2), {
    error: "every T must be at least d + 2; below it the expected test error is infinite.",
    path: ["T"],
  });
export type Grid = z.infer<typeof Grid>;

/** The sequel's sweep: every d with every T > d + 1, all regimes but Replace-Multiple. */
const Sweep = z.strictObject({
  d: z.array(whole(1)).min(1),
  T: z.array(whole(3)).min(1),
  sigma2: noise,
  iterations: whole(1),
  seeds: whole(2),
});
export type Sweep = z.infer<typeof Sweep>;

export const LinearPreset = z.strictObject({
  /**
   * How the paper's figures are simulated. "exact": draws from the law of the estimator; "literal":
   * builds X, stacks and solves (hours for Figure 16). The sequel's parts are always drawn exactly.
   */
  method: z.enum(["exact", "literal"]),
  figure7: Grid,
  figure16: Grid,
  /** Fresh X and unequal noise, at a small T where they show. */
  variants: Grid,
  sweep: Sweep,
  /** Accumulate-Subsample from few items a dimension to many. */
  subsample: Grid,
});
export type LinearPreset = z.infer<typeof LinearPreset>;

const laptop: LinearPreset = {
  method: "exact",
  figure7: {
    d: 32,
    T: [100, 316, 1000],
    sigma2: [0.01, 0.1, 1, 10, 100],
    iterations: 10,
    seeds: 400,
  },
  figure16: { d: 10, T: [100, 316, 1000], sigma2: [0.1, 1, 10], iterations: 200, seeds: 400 },
  variants: { d: 10, T: [30], sigma2: [1], iterations: 50, seeds: 1000 },
  sweep: {
    d: [1, 3, 10, 32, 100],
    T: [10, 32, 100, 316, 1000],
    sigma2: [0.1, 1, 10],
    iterations: 100,
    seeds: 100,
  },
  subsample: { d: 10, T: [20, 25, 32, 50, 100, 1000], sigma2: [1], iterations: 300, seeds: 200 },
};

const quick: LinearPreset = {
  ...laptop,
  figure7: { ...laptop.figure7, seeds: 100 },
  figure16: { ...laptop.figure16, seeds: 100 },
  variants: { ...laptop.variants, seeds: 200 },
  sweep: { ...laptop.sweep, d: [1, 3, 10], T: [10, 32, 100, 316], iterations: 50 },
  subsample: { ...laptop.subsample, T: [20, 32, 100], iterations: 100, seeds: 100 },
};

// The paper does not say how often it repeated; 100 seeds, as in the sequel, is at least as often.
const paper: LinearPreset = {
  ...laptop,
  method: "literal",
  figure7: { ...laptop.figure7, seeds: 100 },
  figure16: { ...laptop.figure16, seeds: 100 },
  variants: { ...laptop.variants, seeds: 100 },
  subsample: { ...laptop.subsample, seeds: 100 },
};

export const PRESETS_OF_LINEAR: Readonly<Record<PresetName, LinearPreset>> = {
  quick,
  laptop,
  paper,
};
