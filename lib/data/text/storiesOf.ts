import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { decodeUtf8 } from "./utf8";

/** Separator between stories, on a line of its own. */
export const END_OF_STORY = "<|endoftext|>";

/** Maximum number of characters in a story; a longer one means that the separator is missing. */
export const LONGEST_STORY = 1_000_000;

/**
 * Yields the stories of a file in TinyStories' format: UTF-8 text with a line `<|endoftext|>` after
 * each story. One chunk and one story are held in memory.
 *
 * White space around a story is trimmed and CR LF becomes LF; nothing else is changed. The separator
 * may also be inside a line, and is optional after the last story. A story of white space alone is
 * skipped and reported to `onEmpty`.
 * @param where the file, for errors
 * @param onEmpty called with the number of an empty story, counted from 1
 * @throws UserError if the bytes are not UTF-8 (with their offset) or a story has no end
 */
export async function* storiesOf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  onEmpty: (story: number) => void = () => {},
): AsyncGenerator<string, void, undefined> {
  let number = 0;
  let open = "";
  for await (const piece of decodeUtf8(chunks, where)) {
    // The separator may straddle two pieces.
    let search = Math.max(0, open.length - END_OF_STORY.length + 1);
    open += piece;
    let from = 0;
    for (;;) {
      const mark = open.indexOf(END_OF_STORY, search);
      if ((mark < 0 ? open.length : mark) - from > LONGEST_STORY) throw endless(where, number + 1);
      if (mark < 0) break;
      number++;
      const story = tidy(open.slice(from, mark));
      if (story === "") onEmpty(number);
      else yield story;
      from = search = mark + END_OF_STORY.length;
    }
    open = open.slice(from);
  }
  const last = tidy(open);
  if (last !== "") yield last;
}

function tidy(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

function endless(where: string, number: number): UserError {
  return new UserError(
    `Story ${number} of ${where} has more than ${formatCount(LONGEST_STORY)} characters. ` +
      `Put a line ${END_OF_STORY} after each story.`,
  );
}
