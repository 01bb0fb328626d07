import { UserError } from "../../errors";
import type { Tokens } from "./ngrams";

/**
 * Share of stories that end with end-of-text; the others were cut at the context.
 * @throws UserError if there is no story
 */
export function endedShare(stories: Iterable<Tokens>, endOfText = 0): number {
  let ended = 0;
  let all = 0;
  for (const tokens of stories) {
    if (tokens.length > 0 && tokens[tokens.length - 1] === endOfText) ended++;
    all++;
  }
  if (all === 0) throw new UserError("There are no stories whose ends could be counted.");
  return ended / all;
}
