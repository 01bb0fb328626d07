import { UserError } from "../../../errors";
import { decodeUtf8 } from "../../text/utf8";
import type { Place } from "../files";
import { FileReader, type Reading } from "../readFile";
import { type Columns, chooseColumns, type TableOptions } from "./columns";
import { delimitedRows } from "./rows";

/** A row's values of the chosen columns as text, and the number of its row, 1 after the header. */
export interface TableRow {
  readonly number: number;
  readonly fields: readonly string[];
}

/** A table that is read from its beginning. */
export interface OpenTable {
  readonly columns: Columns;
  /** All rows after the header, some at a time. */
  readonly rows: AsyncGenerator<readonly TableRow[], void, undefined>;
  readonly reader: FileReader;
}

/**
 * Opens a table and chooses its columns.
 * @throws UserError if it is several files, has no header, or the columns cannot be chosen; while reading,
 *   if a row has another number of fields
 */
export async function openTable(
  { path, files }: Place,
  options: TableOptions,
  reading: Reading,
): Promise<OpenTable> {
  if (files.length > 1)
    throw new UserError(`${path} has ${files.length} tables. Name the one file to use.`);
  const reader = new FileReader(files, reading);
  const pieces = decodeUtf8(reader.chunks(files[0]), files[0].path);
  const parts = delimitedRows(pieces, files[0].path);
  let first: readonly (readonly string[])[] = [];
  while (first.length === 0) {
    const { value, done } = await parts.next();
    if (done) throw new UserError(`${files[0].path} has no rows: it is empty or blank.`);
    first = value;
  }
  const [header, ...rest] = first;
  const named = header.map((name, i) => (i === 0 ? name.replace(/^\uFEFF/, "") : name));
  const columns = chooseColumns(named, options, files[0].path);
  return { columns, reader, rows: rowsOf(columns, rest, parts, files[0].path) };
}

async function* rowsOf(
  { at, fields: wanted }: Columns,
  first: readonly (readonly string[])[],
  parts: AsyncIterable<readonly (readonly string[])[]>,
  where: string,
): AsyncGenerator<readonly TableRow[], void, undefined> {
  let number = 0;
  const chosen = (row: readonly string[]): TableRow => {
    number++;
    if (row.length !== wanted)
      throw new UserError(
        `Row ${number} of ${where} (not counting the header) has ${row.length} fields, and the header has ${wanted}. Correct it; a field with commas in it needs quotation marks.`,
      );
    return { number, fields: at.map((column) => row[column].trim()) };
  };
  yield first.map(chosen);
  for await (const part of parts) yield part.map(chosen);
}
