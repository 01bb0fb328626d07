import { dsvFormat } from "d3-dsv";
import { UserError } from "../../../errors";
import { formatCount } from "../../../format";

/** Characters within which a row ends; a longer one means that a quotation mark is not closed. */
const LONGEST_ROW = 1_000_000;
/** What columns can be divided by, in a comma-separated file first. */
const DELIMITERS = [",", ";", "\t"] as const;

/**
 * The rows of a delimited file, the header's first, some at a time; blank lines are left out. Fields are
 * divided by what the first line has most of: commas, semicolons or tabs. One piece and one row are held in
 * memory.
 * @param where the file, for errors
 * @throws UserError if a row has no end
 */
export async function* delimitedRows(
  pieces: AsyncIterable<string>,
  where: string,
): AsyncGenerator<readonly (readonly string[])[], void, undefined> {
  let open = "";
  let format: ReturnType<typeof dsvFormat> | undefined;
  const rowsOf = (text: string) => {
    format ??= dsvFormat(delimiterOf(text));
    return format.parseRows(text).filter((row) => row.length > 1 || row[0].trim() !== "");
  };
  for await (const piece of pieces) {
    open += piece;
    const end = endOfRows(open);
    if (open.length - end > LONGEST_ROW)
      throw new UserError(
        `A row of ${where} has more than ${formatCount(LONGEST_ROW)} characters. Close the quotation mark that is open in it.`,
      );
    if (end > 0) yield rowsOf(open.slice(0, end));
    open = open.slice(end);
  }
  if (open !== "") yield rowsOf(open);
}

/** Where the last whole row ends: after a line's end with an even number of quotation marks before it. */
function endOfRows(text: string): number {
  let end = 0;
  let from = 0;
  for (;;) {
    const quote = text.indexOf('"', from);
    const line = text.lastIndexOf("\n", quote < 0 ? text.length : quote);
    if (line >= from) end = line + 1;
    const closing = quote < 0 ? -1 : text.indexOf('"', quote + 1);
    if (closing < 0) return end;
    from = closing + 1;
  }
}

function delimiterOf(text: string): string {
  const [line] = text.split("\n", 1);
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
}
