import { UserError } from "../../errors";
import { formatCount } from "../../format";

/** Characters of the longest line; a record of 400 atoms and hundreds of conformers stays below. */
const MAX_LINE = 64 << 20;

/** Blank lines in a row; more of them, a few kilobytes of a gzip file, are not the file that was meant. */
const MAX_EMPTY = 100_000;

/** A line and its number, counted from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * The lines of a text, without their ends (LF or CR LF). Holds one chunk and one line in memory.
 * Bytes that are not UTF-8, as in the properties of old SD files, become U+FFFD.
 * @param where name of the file, for error messages
 * @throws UserError if the text is empty, a line does not end, or 100,000 lines in a row are blank
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder();
  // A line may span many chunks; joining them only at its end keeps the work linear.
  let pending: string[] = [];
  let length = 0;
  let number = 0;
  let empty = 0;
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    for (const part of parts.slice(0, -1)) {
      const text = [...pending, part].join("");
      [pending, length] = [[], 0];
      empty = text.trim() === "" ? empty + 1 : 0;
      if (empty > MAX_EMPTY)
        throw new UserError(
          `${where} has more than ${formatCount(MAX_EMPTY)} lines in a row with nothing in them, up to line ${number + 1}. Fetch it again.`,
        );
      yield { text: withoutReturn(text), number: ++number };
    }
    const rest = parts[parts.length - 1];
    pending.push(rest);
    length += rest.length;
    if (length > MAX_LINE)
      throw new UserError(
        `Line ${number + 1} of ${where} has more than ${formatCount(MAX_LINE)} characters; this is not a text file of lines.`,
      );
  }
  const text = pending.join("") + decoder.decode();
  if (text !== "") yield { text: withoutReturn(text), number: ++number };
  if (number === 0) throw new UserError(`${where} is empty. Fetch it again.`);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
