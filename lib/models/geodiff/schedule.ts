import { z } from "zod";
import type { Stream } from "../../random/stream";

/** A sigmoid noise schedule. */
export const scheduleConfig = z.strictObject({
  /** T, number of noise levels. */
  steps: z.int().min(2),
  betaStart: z.number().positive().lt(1),
  betaEnd: z.number().positive().lt(1),
});

export type ScheduleConfig = z.infer<typeof scheduleConfig>;

/** GeoDiff's schedule for GEOM-Drugs: σ from 0.0022 to 12.17 Å. */
export const DRUGS_5000: ScheduleConfig = { steps: 5000, betaStart: 1e-7, betaEnd: 2e-3 };
/** Its variant of 1,000 levels: σ up to 9.52 Å. */
export const DRUGS_1000: ScheduleConfig = { steps: 1000, betaStart: 1e-7, betaEnd: 9e-3 };

/** The numbers of a schedule by level t = 0 … T−1, from almost no noise to almost nothing else. */
export interface NoiseSchedule {
  readonly steps: number;
  readonly beta: Float64Array;
  /** ᾱ_t = Π (1 − β_s) over s ≤ t. */
  readonly alphaBar: Float64Array;
  /** σ_t = √(1 − ᾱ_t) / √ᾱ_t in ångström: noise beside positions that are not scaled down. */
  readonly sigma: Float64Array;
}

/** Where the sigmoid of β begins and, mirrored, ends. */
const EDGE = 6;

/** β_t = sigmoid(−6 … 6 in even steps) · (betaEnd − betaStart) + betaStart, and what follows. */
export function noiseSchedule({ steps, betaStart, betaEnd }: ScheduleConfig): NoiseSchedule {
  const beta = new Float64Array(steps);
  const alphaBar = new Float64Array(steps);
  const sigma = new Float64Array(steps);
  let product = 1;
  for (let t = 0; t < steps; t++) {
    const x = -EDGE + (2 * EDGE * t) / (steps - 1);
    beta[t] = (betaEnd - betaStart) / (1 + Math.exp(-x)) + betaStart;
    product *= 1 - beta[t];
    alphaBar[t] = product;
    sigma[t] = Math.sqrt((1 - product) / product);
  }
  return { steps, beta, alphaBar, sigma };
}

/**
 * Noise levels of a training batch, drawn antithetically as GeoDiff does: t for the first half of
 * the molecules, rounded up, and T − 1 − t for the others, so that every batch sees both ends.
 * @returns [molecules]
 */
export function antitheticLevels(steps: number, molecules: number, stream: Stream): Int32Array {
  const half = Math.floor(molecules / 2) + 1;
  const drawn = Int32Array.from({ length: half }, () => stream.integer(steps));
  return Int32Array.from({ length: molecules }, (_, m) =>
    m < half ? drawn[m] : steps - 1 - drawn[m - half],
  );
}
