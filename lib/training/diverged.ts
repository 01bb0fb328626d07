import { UserError } from "../errors";
import type { TrainingOptions } from "./spec";

/**
 * What to tell the user when the loss or the gradient is no longer finite.
 * @param step from 0
 * @param losses summands of the loss, in the order of `terms`
 */
export function divergenceError(
  step: number,
  losses: readonly number[],
  norm: number,
  terms: readonly string[],
  { learningRate, clipNorm }: TrainingOptions,
): UserError {
  const loss = losses.reduce((a, b) => a + b);
  const summands = terms.map((term, i) => `${term} ${losses[i]}`).join(", ");
  const clip = clipNorm === undefined ? "" : `, a clipNorm below ${clipNorm}`;
  return new UserError(
    `Training diverged at step ${step + 1}: the loss is ${loss}${summands && ` (${summands})`} and the norm of the gradient ${norm}. ` +
      `Try a learningRate below ${learningRate}${clip}, or a larger batchSize.`,
  );
}
