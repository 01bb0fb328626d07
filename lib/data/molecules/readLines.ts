import { UserError } from "../../errors";

/** Characters of the longest line; a record of 400 atoms and hundreds of conformers stays below. */
const MAX_LINE = 64 << 20;

/** A line and its number, counted from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * The lines of a text, without their ends (LF or CR LF). Holds one chunk and one line in memory.
 * Bytes that are not UTF-8, as in the properties of old SD files, become U+FFFD.
 * @param where name of the file, for error messages
 * @throws UserError if the text is empty, or a line does not end
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
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    for (const part of parts.slice(0, -1)) {
      const text = [...pending, part].join("");
      [pending, length] = [[], 0];
      yield { text: withoutReturn(text), number: ++number };
    }
    const rest = parts[parts.length - 1];
    pending.push(rest);
    length += rest.length;
    if (length > MAX_LINE)
      throw new UserError(
        `Line ${number + 1} of ${where} has more than ${MAX_LINE} characters; this is not a text file of lines.`,
      );
  }
  const text = pending.join("") + decoder.decode();
  if (text !== "") yield { text: withoutReturn(text), number: ++number };
  if (number === 0) throw new UserError(`${where} is empty. Fetch it again.`);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
