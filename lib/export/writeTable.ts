import * as path from "node:path";
import { suggestion, UserError } from "../errors";
import { formatLines } from "../loop/jsonLines";
import { toCsv } from "../metrics/csv";
import { columnsOf, type Row } from "../metrics/row";
import { writeFileAtomic } from "../store/atomic";
import { makeParent } from "./makeParent";

/** How a table is written, by the ending of its file's name. */
const FORMATS: Readonly<Record<string, (rows: readonly Row[]) => string | Uint8Array>> = {
  ".csv": (rows) => toCsv(rows),
  ".parquet": toParquet,
  ".jsonl": formatLines,
};

/** Endings of the files that {@link writeTable} writes. */
export const TABLE_ENDINGS = Object.keys(FORMATS);

/**
 * Writes rows, such as records or metrics, as CSV, Parquet or JSON lines, by the ending of the file's name:
 * `.csv`, `.parquet`, `.jsonl`. NaN and ±Infinity stay what they are: as numbers in Parquet, as the words
 * NaN, Infinity and -Infinity in CSV, as those words in quotes in JSON lines. Null is an empty cell or null.
 * In Parquet a column of whole numbers below 2³¹ has 32-bit integers, other numbers are doubles, and a column
 * with any text in it is text.
 * @throws UserError for another ending, or rows without columns
 * @example writeTable("language.parquet", loadRecords("laptop", "language"))
 */
export function writeTable(file: string, rows: readonly Row[]): void {
  const ending = path.extname(file).toLowerCase();
  if (!Object.hasOwn(FORMATS, ending))
    throw new UserError(`${file} has no ending of a table.${suggestion(ending, TABLE_ENDINGS)}`);
  if (columnsOf(rows).length === 0)
    throw new UserError(
      `There is nothing to write to ${file}: the table has no rows or no columns.`,
    );
  const content = FORMATS[ending](rows);
  makeParent(file);
  writeFileAtomic(file, content);
}

/** Largest 32-bit integer, in magnitude. */
const INT32 = 2 ** 31 - 1;

function toParquet(rows: readonly Row[]): Uint8Array {
  // Loaded for this alone.
  const { parquetWriteBuffer } = require("hyparquet-writer") as typeof import("hyparquet-writer");
  const columnData = columnsOf(rows).map((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const given = values.filter((value) => value !== null);
    const type = given.every((value) => typeof value === "number") ? numberType(given) : "STRING";
    const data = type === "STRING" ? values.map((value) => value && String(value)) : values;
    // A dictionary of the numbers that occur would take -0 for 0.
    const encoding = type === "DOUBLE" ? { encoding: "PLAIN" as const } : {};
    return { name, type, data, nullable: given.length < rows.length, ...encoding } as const;
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function numberType(values: readonly unknown[]): "INT32" | "DOUBLE" {
  const whole = (x: unknown) => Number.isInteger(x) && Math.abs(x as number) <= INT32;
  return values.length > 0 && values.every((x) => whole(x) && !Object.is(x, -0))
    ? "INT32"
    : "DOUBLE";
}
