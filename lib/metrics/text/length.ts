import { type Summary, summarise } from "../statistics";
import type { Tokens } from "./ngrams";

/**
 * Tokens per story, not counting a final end-of-text: mean, sd and standard error over the stories.
 * @throws UserError if there is no story
 */
export function storyLength(stories: Iterable<Tokens>, endOfText = 0): Summary {
  const lengths = Array.from(
    stories,
    (tokens) => tokens.length - Number(tokens[tokens.length - 1] === endOfText),
  );
  return summarise(lengths, "story lengths");
}
