import { UserError } from "../../errors";

/** How the next token is sampled. */
export interface SamplingOptions {
  /** Divides the logits, 0 … 2; at 0 the most likely token is taken. */
  readonly temperature: number;
  /** Sample from the k most likely tokens only. */
  readonly topK?: number | undefined;
  /** Sample from the smallest set of most likely tokens (among those `topK` leaves) with this total probability. */
  readonly topP?: number | undefined;
}

/** @throws UserError on a temperature, topK or topP out of range */
export function requireSamplingOptions({ temperature, topK, topP }: SamplingOptions): void {
  if (!(temperature >= 0 && temperature <= 2))
    throw new UserError(
      `A temperature of ${temperature} is out of range; give a number from 0 (always the most likely token) to 2.`,
    );
  if (topK !== undefined && !(Number.isInteger(topK) && topK > 0))
    throw new UserError(`A topK of ${topK} is out of range; give a whole number of at least 1.`);
  if (topP !== undefined && !(topP > 0 && topP <= 1))
    throw new UserError(`A topP of ${topP} is out of range; give a number above 0 and at most 1.`);
}
