import { UserError } from "../../errors";
import { readLines } from "./readLines";

/** Lines of the longest record; a longer one has lost its end. */
const MAX_RECORD = 100_000;

/** The lines of one record of an SD file. */
export interface Record {
  readonly lines: readonly string[];
  /** "Record 2 of a.sdf (line 17)". */
  readonly where: string;
}

/**
 * The records of an SD file: a MOL block up to "M  END", properties, and a line "$$$$". That line may
 * be missing between MOL blocks without properties, as in MOL files joined by `cat`.
 * @param where name of the file, for error messages
 * @throws UserError if there is no record, one does not end, or it is not clear where one begins
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Record, void, undefined> {
  let lines: string[] = [];
  let start = 1;
  /** Index of the line after "M  END"; undefined inside the MOL block. */
  let end: number | undefined;
  let count = 0;
  for await (const { text, number } of readLines(chunks, where)) {
    if (lines.length === 0) start = number;
    if (text.trimStart().startsWith("$$$$")) {
      yield { lines, where: name(++count, start) };
      [lines, end] = [[], undefined];
      continue;
    }
    if (end !== undefined && COUNTS_LINE.test(text)) {
      // Another MOL block: its three header lines are those before the counts line.
      const header = lines.splice(Math.max(end, lines.length - 3));
      if (header.length < 3 || lines.slice(end).some((line) => line.trim() !== ""))
        throw new UserError(
          `${name(count + 1, start)} is followed by another one (line ${number}) without a line "$$$$" between them. Add it.`,
        );
      yield { lines, where: name(++count, start) };
      [lines, end, start] = [header, undefined, number - 3];
    } else if (end === undefined && lines.length > 3 && COUNTS_LINE.test(text))
      throw new UserError(
        `${name(count + 1, start)} has no line "M  END": another MOL block begins before line ${number}. Add it.`,
      );
    if (end === undefined && text.startsWith("M  END")) end = lines.length + 1;
    if (lines.push(text) > MAX_RECORD)
      throw new UserError(`${name(count + 1, start)} does not end: a line "$$$$" must follow it.`);
  }
  // A single MOL file has no line of dollars; blank lines at the end are not a record.
  if (lines.some((line) => line.trim() !== "")) yield { lines, where: name(++count, start) };
  if (count === 0) throw new UserError(`${where} has no records. Fetch it again.`);

  function name(record: number, line: number): string {
    return `Record ${record} of ${where} (line ${line})`;
  }
}

const COUNTS_LINE = /^\s*\d.*V[23]000\s*$/;
