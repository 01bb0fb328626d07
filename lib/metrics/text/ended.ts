import { UserError } from "../../errors";
import type { Tokens } from "./ngrams";

/**
 * Share of stories that end with end-of-text; the others were truncated at the context length.
 * @throws UserError if there is no story
 */
export function endedShare(stories: Iterable<Tokens>, endOfText = 0): number {
  let ended = 0;
  let all = 0;
  for (const tokens of stories) {
    if (tokens.length > 0 && tokens[tokens.length - 1] === endOfText) ended++;
    all++;
  }
  if (all === 0) throw new UserError("The share of ended stories needs at least one story.");
  return ended / all;
}
