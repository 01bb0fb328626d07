import { UserError } from "../../errors";

/** Characters of the longest line; a record of 400 atoms and hundreds of conformers stays below. */
const LONGEST_LINE = 64 << 20;

/** A line and its number, counted from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * The lines of a text, without their ends (LF or CR LF). Held in memory are a chunk and a line.
 * Bytes that are not UTF-8, as in the properties of old SD files, become U+FFFD.
 * @param where the file, for messages
 * @throws UserError if there is nothing in it, or a line does not end
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder();
  let open = "";
  let number = 0;
  for await (const chunk of chunks) {
    const parts = (open + decoder.decode(chunk, { stream: true })).split("\n");
    open = parts.pop()!;
    if (open.length > LONGEST_LINE)
      throw new UserError(`Line ${number + 1} of ${where} does not end; it is no text of lines.`);
    for (const text of parts) yield { text: trimmed(text), number: ++number };
  }
  open += decoder.decode();
  if (open !== "") yield { text: trimmed(open), number: ++number };
  if (number === 0) throw new UserError(`${where} is empty. Fetch it again.`);
}

function trimmed(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
