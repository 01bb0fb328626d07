import { UserError } from "../../errors";

/** How the next token is drawn. */
export interface Choice {
  /** Logits are divided by it, 0 … 2; 0 takes the likeliest token. */
  readonly temperature: number;
  /** Draw from the k likeliest tokens alone. */
  readonly topK?: number | undefined;
  /** Draw from the smallest set of likeliest tokens (of those `topK` leaves) with this probability. */
  readonly topP?: number | undefined;
}

/** @throws UserError on numbers that make no distribution. */
export function requireChoice({ temperature, topK, topP }: Choice): void {
  if (!(temperature >= 0 && temperature <= 2))
    throw new UserError(
      `A temperature of ${temperature} does not work; give a number from 0 (always the likeliest token) to 2.`,
    );
  if (topK !== undefined && !(Number.isInteger(topK) && topK > 0))
    throw new UserError(`A topK of ${topK} does not work; give a whole number of at least 1.`);
  if (topP !== undefined && !(topP > 0 && topP <= 1))
    throw new UserError(`A topP of ${topP} does not work; give a number above 0 and at most 1.`);
}
