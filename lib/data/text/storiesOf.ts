import { UserError } from "../../errors";
import { decodeUtf8 } from "./utf8";

/** What stands between two stories, on a line of its own. */
export const END_OF_STORY = "<|endoftext|>";

/** Characters of the longest story; what is longer is no file of stories. */
export const LONGEST_STORY = 1_000_000;

/**
 * The stories of a file in the form of TinyStories, one after the other: UTF-8 text, a line
 * `<|endoftext|>` after each story. Held in memory are one chunk and one story.
 *
 * Blank space around a story is taken off and CR LF becomes LF; nothing else is changed. The mark
 * also counts within a line, and the last story needs none. A story of blank space alone is passed
 * over and reported to `onEmpty`.
 * @param where the file, for errors
 * @param onEmpty is given the number of the story that is empty, counted from 1
 * @throws UserError if the bytes are not UTF-8 (with their offset) or a story does not end
 */
export async function* storiesOf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  onEmpty: (story: number) => void = () => {},
): AsyncGenerator<string, void, undefined> {
  let number = 0;
  let open = "";
  for await (const piece of decodeUtf8(chunks, where)) {
    // The mark may lie across two pieces.
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
    `Story ${number} of ${where} has more than ${LONGEST_STORY.toLocaleString("en-US")} characters. ` +
      `A file of stories has a line ${END_OF_STORY} after each.`,
  );
}
