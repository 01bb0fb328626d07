import * as path from "node:path";
import { END_OF_STORY } from "../data/text/storiesOf";
import { suggestion, UserError } from "../errors";
import { writeFileAtomic } from "../store/atomic";
import { makeParent } from "./makeParent";

/** Endings of the files that {@link writeStories} writes. */
export const STORY_ENDINGS = [".txt", ".jsonl"];

/**
 * Writes stories as a text with a line `<|endoftext|>` after each (`.txt`, TinyStories' format), or as JSON
 * lines with a field `text` (`.jsonl`), which keep every character.
 * @throws UserError for another ending, or if a story that is to be text contains the separator
 * @example writeStories("sampled.jsonl", ["Once upon a time …"])
 */
export function writeStories(file: string, stories: readonly string[]): void {
  const ending = path.extname(file).toLowerCase();
  if (!STORY_ENDINGS.includes(ending))
    throw new UserError(
      `${file} has no ending of a file of stories.${suggestion(ending, STORY_ENDINGS)}`,
    );
  const marked = stories.findIndex((story) => story.includes(END_OF_STORY));
  if (ending === ".txt" && marked >= 0)
    throw new UserError(
      `Story ${marked + 1} contains ${END_OF_STORY}, which separates stories in ${file}: write JSON lines (.jsonl) instead.`,
    );
  const content =
    ending === ".txt"
      ? stories.map((story) => `${story}\n${END_OF_STORY}\n`).join("")
      : stories.map((text) => `${JSON.stringify({ text })}\n`).join("");
  makeParent(file);
  writeFileAtomic(file, content);
}
